import { useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

function Empty(): ReactNode {
  const [presses, setPresses] = useState(0)
  return (
    <>
      <h1>Empty</h1>
      <button type="button" onClick={() => setPresses(presses + 1)}>
        Pressed {presses}
      </button>
    </>
  )
}

const element = document.getElementById('root')
if (element) createRoot(element).render(<Empty />)
