import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { api, keyed, type Reply, unwrap } from '../../../shared/http/client'
import { useWrite } from '../../../shared/http/useWrite'

export type Calendars = Reply<'/api/people/{person}/calendars', 'get'>
export type OtherCalendar = Calendars['calendars'][number]
export type NotUnderstood = NonNullable<OtherCalendar['listed']>[number]
type Feed = Reply<'/api/me/feed', 'get'>

export const calendarsQuery = (person: string) =>
  queryOptions({
    queryKey: ['calendars', person],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/people/{person}/calendars', { params: { path: { person } }, signal })),
  })

export const feedQuery = queryOptions({
  queryKey: ['feed'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/me/feed', { signal })),
})

function useCalendarsChanged(person: string): (calendars: Calendars) => void {
  const queries = useQueryClient()
  return (calendars) => {
    queries.setQueryData(calendarsQuery(person).queryKey, calendars)
    void queries.invalidateQueries({ queryKey: ['joint-times'] })
    void queries.invalidateQueries({ queryKey: ['doctors'] })
  }
}

export type NewCalendar = { address: string } | { file: string }

export function useAddCalendar(person: string, onDone: () => unknown) {
  const changed = useCalendarsChanged(person)
  return useWrite({
    send: (wish: NewCalendar, key) => {
      const params = { params: { path: { person } }, ...keyed(key) }
      return unwrap(
        'file' in wish
          ? api.POST('/api/people/{person}/calendars/file', { ...params, body: wish })
          : api.POST('/api/people/{person}/calendars', { ...params, body: wish }),
      )
    },
    onDone: (calendars) => {
      changed(calendars)
      onDone()
    },
  })
}

export function useReplaceCalendar(person: string, calendar: string) {
  const changed = useCalendarsChanged(person)
  return useWrite({
    send: (file: string, key) =>
      unwrap(
        api.PUT('/api/people/{person}/calendars/{calendar}/file', {
          params: { path: { person, calendar } },
          body: { file },
          ...keyed(key),
        }),
      ),
    onDone: changed,
  })
}

export function useReadCalendar(person: string, calendar: string) {
  const queries = useQueryClient()
  const changed = useCalendarsChanged(person)
  return useWrite({
    send: (_: undefined, key) =>
      unwrap(
        api.POST('/api/people/{person}/calendars/{calendar}/reading', {
          params: { path: { person, calendar } },
          ...keyed(key),
        }),
      ),
    onDone: changed,
    // A try that failed is kept too: the list says when it was and why.
    onRefused: () => queries.invalidateQueries({ queryKey: ['calendars', person] }),
  })
}

export function useRemoveCalendar(person: string, onDone: () => unknown) {
  const changed = useCalendarsChanged(person)
  return useWrite({
    send: (calendar: string, key) =>
      unwrap(
        api.DELETE('/api/people/{person}/calendars/{calendar}', {
          params: { path: { person, calendar } },
          ...keyed(key),
        }),
      ),
    onDone: (calendars) => {
      changed(calendars)
      onDone()
    },
  })
}

function useFeedChanged(): (feed: Feed) => void {
  const queries = useQueryClient()
  return (feed) => queries.setQueryData(feedQuery.queryKey, feed)
}

export function useMakeFeed(onDone: () => unknown) {
  const changed = useFeedChanged()
  return useWrite({
    send: (_: undefined, key) => unwrap(api.POST('/api/me/feed', keyed(key))),
    onDone: (feed) => {
      changed(feed)
      onDone()
    },
  })
}

export function useRevokeFeed(onDone: () => unknown) {
  const changed = useFeedChanged()
  return useWrite({
    send: (_: undefined, key) => unwrap(api.DELETE('/api/me/feed', keyed(key))),
    onDone: (feed) => {
      changed(feed)
      onDone()
    },
  })
}
