import '../../shared/ui/prose.css'

/** A part of a longer text: a heading, then paragraphs and lists in order. */
export type Section = { title: string; parts: (string | string[])[] }

export function Sections({ sections }: { sections: readonly Section[] }) {
  return (
    <div className="prose">
      {sections.map((section) => (
        <section key={section.title} className="prose-section">
          <h2>{section.title}</h2>
          {section.parts.map((part) =>
            typeof part === 'string' ? (
              <p key={part}>{part}</p>
            ) : (
              <ul key={part.join()}>
                {part.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            ),
          )}
        </section>
      ))}
    </div>
  )
}
