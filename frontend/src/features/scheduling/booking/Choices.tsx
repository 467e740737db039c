import { type ReactNode, useId } from 'react'

type Props<T extends string> = {
  legend: ReactNode
  hint?: ReactNode
  value: T
  options: readonly { value: T; text: ReactNode }[]
  onChange: (value: T) => void
}

/** A few choices side by side, of which one holds: radio buttons as wide as a thumb. */
export function Choices<T extends string>({ legend, hint, value, options, onChange }: Props<T>) {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      <div className="choices-row">
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {hint && <p className="quiet">{hint}</p>}
    </fieldset>
  )
}
