/** Luotsi's mark: a harbour light over the water. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <rect width="40" height="40" rx="9" fill="#0b3a4a" />
      <path d="M17.2 15.5h5.6l1.9 15h-9.4z" fill="#fff" />
      <path d="M16.2 11.2h7.6v3h-7.6z" fill="#f5b82e" />
      <path d="M15.8 9.8 20 6.6l4.2 3.2z" fill="#fff" />
      <path d="M14 12.7 4.5 9.6v6.2zM26 12.7l9.5-3.1v6.2z" fill="#f5b82e" opacity=".85" />
      <path
        d="M5 33.2c2.5-2 5-2 7.5 0s5 2 7.5 0 5-2 7.5 0 5 2 7.5 0"
        fill="none"
        stroke="#7cc4c9"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}
