import type { ComponentType } from 'react'
import type { Activity, ActivityViewProps } from './api'

type Load = () => Promise<ComponentType<ActivityViewProps>>

const plain: Load = () => import('./PlainView').then((part) => part.PlainView)

// Lessons are not here: they come with the page.
const VIEWS: Record<Exclude<Activity['kind'], 'lesson'>, Load> = {
  quiz: () => import('./QuizView').then((part) => part.QuizView),
  task: () => import('./TaskView').then((part) => part.TaskView),
  video: () => import('./VideoView').then((part) => part.VideoView),
  reflection: () => import('./ReflectionView').then((part) => part.ReflectionView),
  work: () => import('./WorkView').then((part) => part.WorkView),
  contact: plain,
  link: () => import('./LinkView').then((part) => part.LinkView),
  development: () => import('./DevelopmentView').then((part) => part.DevelopmentView),
}

/** Loads the view of a kind of activities. */
export function viewOf(kind: Activity['kind']): Load {
  return kind === 'lesson' ? plain : VIEWS[kind]
}
