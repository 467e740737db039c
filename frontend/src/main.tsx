import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import './app/styles/tokens.css'
import './app/styles/base.css'
import './app/styles/parts.css'
import './app/styles/print.css'
import { startTexts } from './shared/i18n/i18n'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element #root')

await startTexts()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
