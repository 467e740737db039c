import { textsArrived } from '../i18n/i18n'
import { serverAnswers } from './client'
import { networkProblem } from './problem'

/**
 * A part of the program that comes when it is needed, with its texts: it is there when both are. Without a connection
 * that is a Problem like any other; every other error means that the part itself is missing or wrong, which only the
 * whole page loaded anew can mend, for example after a newer version has been installed.
 */
export async function programPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    const part = await load()
    await textsArrived()
    return part
  } catch (error) {
    throw (await serverAnswers()) ? error : networkProblem()
  }
}
