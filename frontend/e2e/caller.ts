import type { APIResponse } from 'playwright-core'
import type { Kit } from './kit'

/** Somebody who acts beside the journey that is walked: sends what their page would send, without a page. */
export class Caller {
  private constructor(
    private readonly send: (method: string, path: string, data?: object) => Promise<APIResponse>,
  ) {}

  static async signIn(kit: Kit, name: string): Promise<Caller> {
    const { request } = await kit.device()
    const caller = new Caller((method, path, data) =>
      request.fetch(path, { method, ...(data && { data }), headers: { 'Luotsi-Request': '1' } }),
    )
    await caller.post('/api/session', {
      email: `${name}@demo.luotsi.example`,
      password: kit.server.password,
    })
    return caller
  }

  async get<T>(path: string): Promise<T> {
    return (await this.done('GET', path)).json() as Promise<T>
  }

  async post<T>(path: string, data: object = {}): Promise<T> {
    return parsed(await this.done('POST', path, data)) as Promise<T>
  }

  async put<T>(path: string, data: object = {}): Promise<T> {
    return parsed(await this.done('PUT', path, data)) as Promise<T>
  }

  async remove(path: string): Promise<void> {
    await this.done('DELETE', path)
  }

  private async done(method: string, path: string, data?: object): Promise<APIResponse> {
    const answer = await this.send(method, path, data)
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer
  }
}

async function parsed(answer: APIResponse): Promise<unknown> {
  return answer.status() === 204 ? undefined : answer.json()
}
