export { QuizView } from './QuizView'
export { TaskView } from './TaskView'
