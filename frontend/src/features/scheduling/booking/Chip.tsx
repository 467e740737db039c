/** Something chosen, with a way to take it away. */
export function Chip({ text, label, onRemove }: { text: string; label: string; onRemove: () => void }) {
  return (
    <button type="button" className="chip" onClick={onRemove}>
      <span aria-hidden="true">{text} ×</span>
      <span className="visually-hidden">{label}</span>
    </button>
  )
}
