package mongodb

// Collections are all the collections Luotsi keeps, made at start so that each is quick from its first document.
// Authoritative says which ones a backup holds; the rest is rebuilt.
var Collections = []string{
	"journal", "segments", "snapshots", "marks", "settings",
	"names", "addresses", "credentials", "sessions", "access", "feedback",
	"vault", "drafts", "places", "noticed", "content", "instruments", "outbox",
	"progress", "appointments", "calendars",
}
