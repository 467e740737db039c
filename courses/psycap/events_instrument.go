package psycap

import "luotsi/server/journal"

// LicenceRecorded says that an organisation may use an instrument of somebody else's until a day, inclusive. It takes the place of
// the licence before.
type LicenceRecorded struct {
	Org        string `bson:"org"`
	Instrument string `bson:"instrument"`
	Holder     string `bson:"holder"`
	Scope      string `bson:"scope"`
	Ends       string `bson:"ends"`
}

// LicenceWithdrawn says that an organisation may use an instrument no more.
type LicenceWithdrawn struct {
	Org        string `bson:"org"`
	Instrument string `bson:"instrument"`
}

// ItemsUploaded says that an organisation has the items of an instrument that ships without them. Hash is of the definition, which is
// in the collection instruments.
type ItemsUploaded struct {
	Org        string `bson:"org"`
	Instrument string `bson:"instrument"`
	Version    string `bson:"version"`
	Hash       string `bson:"hash"`
}

// FloorSet says how many people a group of an organisation must have at least for its figures to be shown.
type FloorSet struct {
	Org   string `bson:"org"`
	Floor int    `bson:"floor"`
}

func instrumentEvents() []journal.Type {
	return []journal.Type{
		journal.Define[LicenceRecorded]("psycap.licence_recorded"),
		journal.Define[LicenceWithdrawn]("psycap.licence_withdrawn"),
		journal.Define[ItemsUploaded]("psycap.items_uploaded"),
		journal.Define[FloorSet]("psycap.floor_set"),
	}
}
