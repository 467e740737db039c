package scheduling

import "luotsi/server/journal"

func resourceEvents() []journal.Type {
	return []journal.Type{
		journal.Define[ResourceAdded]("scheduling.resource_added"),
		journal.Define[ResourceChanged]("scheduling.resource_changed"),
		journal.Define[ResourceRetired]("scheduling.resource_retired"),
	}
}

// ResourceAdded is a room or an interpreter that appointments can use from now on. A room has a name here, an interpreter
// has one in the vault.
type ResourceAdded struct {
	Resource  string       `bson:"resource"`
	Unit      string       `bson:"unit"`
	Kind      ResourceKind `bson:"kind"`
	Name      string       `bson:"name,omitempty"`
	Text      string       `bson:"text,omitempty"`
	Languages []string     `bson:"languages,omitempty"`
}

// ResourceChanged is another name, address or choice of languages.
type ResourceChanged struct {
	Resource  string   `bson:"resource"`
	Name      string   `bson:"name,omitempty"`
	Text      string   `bson:"text,omitempty"`
	Languages []string `bson:"languages,omitempty"`
}

// ResourceRetired is a resource that new appointments do not use any more.
type ResourceRetired struct {
	Resource string `bson:"resource"`
}
