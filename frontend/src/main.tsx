import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import './app/styles/tokens.css'
import './app/styles/base.css'
import './app/styles/parts.css'
import './app/styles/print.css'
import { startTexts } from './shared/i18n/i18n'
import { needTexts } from './shared/i18n/needed'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root')

// A lesson's texts come beside its program instead of after it.
needTexts('learning')
try {
  await startTexts()
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
} catch {
  // Without texts nothing can be said but what stands in index.html.
  root.append(document.querySelector('template')?.content ?? '')
}
