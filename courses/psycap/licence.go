package psycap

import (
	"slices"
	"strconv"
	"time"

	"luotsi/server/fault"
	"luotsi/server/journal"
	"luotsi/server/web"
)

// The failures of instruments.
var (
	ErrUnknownInstrument = fault.New(fault.NotFound, "unknown_instrument", "there is no such instrument, or not in that version")
	ErrLicenceNeeded     = fault.New(fault.Conflict, "licence_needed", "the organisation has no licence for the instrument, or it ended")
	ErrItemsMissing      = fault.New(fault.Conflict, "items_missing", "the items of the instrument have not been brought in")
	ErrElsewhere         = fault.New(fault.Conflict, "used_elsewhere", "the instrument is filled in at its holder's own service")
	ErrNoLicenceNeeded   = fault.New(fault.Conflict, "no_licence_needed", "the instrument needs no licence")
	ErrShipsWithItems    = fault.New(fault.Conflict, "ships_with_items", "the instrument has items of its own")
	ErrUploadedSince     = fault.New(fault.Conflict, "uploaded_since", "somebody else brought items in meanwhile")
)

// The least and the greatest floor of an organisation, and the one of who chose none.
const (
	LeastFloor    = 5
	DefaultFloor  = 10
	GreatestFloor = 100
)

// Licence is what an organisation recorded of its right to use an instrument. Ends is the last day.
type Licence struct {
	Holder string `bson:"holder"`
	Scope  string `bson:"scope"`
	Ends   string `bson:"ends"`
	At     int64  `bson:"at"`
}

// Upload is a set of items that an organisation brought in. Hash is of the stored definition.
type Upload struct {
	Version string `bson:"version"`
	Hash    string `bson:"hash"`
	At      int64  `bson:"at"`
}

// Standing says whether an organisation may open an instrument today, and why not.
type Standing string

// The standings.
const (
	Open          Standing = "open"
	LicenceNeeded Standing = "licence_needed"
	LicenceEnded  Standing = "licence_ended"
	ItemsMissing  Standing = "items_missing"
	UsedElsewhere Standing = "used_elsewhere"
)

// refusal is the failure of who opens an instrument all the same.
func (s Standing) refusal() error {
	switch s {
	case Open:
		return nil
	case ItemsMissing:
		return ErrItemsMissing
	case UsedElsewhere:
		return ErrElsewhere
	case LicenceNeeded, LicenceEnded:
	}
	return ErrLicenceNeeded
}

// atOrg is the key of what an organisation has of an instrument.
func atOrg(org, instrument string) string { return org + "/" + instrument }

// standing judges an instrument for an organisation on a day. A licence is good on its last day.
func (s *State) standing(org string, in *Instrument, today string) Standing {
	if in.Elsewhere {
		return UsedElsewhere
	}
	key := atOrg(org, in.ID)
	if in.Rights == Licensed {
		switch licence, recorded := s.data.Licences[key]; {
		case !recorded:
			return LicenceNeeded
		case licence.Ends < today:
			return LicenceEnded
		}
	}
	if in.Shell && len(s.data.Uploads[key]) == 0 {
		return ItemsMissing
	}
	return Open
}

// mayOpen refuses an instrument, in a version, that an organisation may not ask anybody today. Rules ask it.
func (s *State) mayOpen(org, id, version string, now time.Time) error {
	shipped, known := defined(id)
	if !known {
		return ErrUnknownInstrument
	}
	if err := s.standing(org, shipped, web.DayOf(now)).refusal(); err != nil {
		return err
	}
	_, err := s.versionOf(org, id, version)
	return err
}

// versionOf finds the hash of an instrument's version at an organisation; an empty version means the newest.
func (s *State) versionOf(org, id, version string) (hash string, err error) {
	shipped, known := defined(id)
	switch {
	case !known:
		return "", ErrUnknownInstrument
	case shipped.Shell:
		uploads := s.data.Uploads[atOrg(org, id)]
		if len(uploads) == 0 {
			return "", ErrItemsMissing
		}
		at := len(uploads) - 1
		if version != "" {
			at = slices.IndexFunc(uploads, func(u Upload) bool { return u.Version == version })
		}
		if at >= 0 {
			return uploads[at].Hash, nil
		}
	case version == "":
		return shipped.Hash, nil
	default:
		at := slices.IndexFunc(definitions, func(d *Instrument) bool { return d.ID == id && d.Version == version })
		if at >= 0 {
			return definitions[at].Hash, nil
		}
	}
	return "", ErrUnknownInstrument
}

// floorOf is how many people a group of an organisation must have at least for its figures to be shown.
func (s *State) floorOf(org string) int {
	if floor, set := s.data.Floors[org]; set {
		return floor
	}
	return DefaultFloor
}

// recordLicence takes a licence that is still good; it takes the place of the one before.
func (s *State) recordLicence(org, id string, licence Licence, today string) (journal.Decision, error) {
	if err := licensed(id); err != nil {
		return journal.Decision{}, err
	}
	if licence.Ends < today {
		return journal.Decision{}, fault.Bad("ends", "past")
	}
	before, recorded := s.data.Licences[atOrg(org, id)]
	if recorded && before.Holder == licence.Holder && before.Scope == licence.Scope && before.Ends == licence.Ends {
		return journal.Decision{}, nil
	}
	return journal.Happens(LicenceRecorded{Org: org, Instrument: id, Holder: licence.Holder, Scope: licence.Scope, Ends: licence.Ends}), nil
}

func (s *State) withdrawLicence(org, id string) (journal.Decision, error) {
	if err := licensed(id); err != nil {
		return journal.Decision{}, err
	}
	if _, recorded := s.data.Licences[atOrg(org, id)]; !recorded {
		return journal.Decision{}, nil
	}
	return journal.Happens(LicenceWithdrawn{Org: org, Instrument: id}), nil
}

func (s *State) setFloor(org string, floor int) (journal.Decision, error) {
	switch {
	case floor < LeastFloor:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "floor", Code: "min", Limit: strconv.Itoa(LeastFloor)})
	case floor > GreatestFloor:
		return journal.Decision{}, fault.ErrInvalid.Of(fault.Field{Name: "floor", Code: "max", Limit: strconv.Itoa(GreatestFloor)})
	case s.floorOf(org) == floor:
		return journal.Decision{}, nil
	}
	return journal.Happens(FloorSet{Org: org, Floor: floor}), nil
}

func licensed(id string) error {
	switch in, known := defined(id); {
	case !known:
		return ErrUnknownInstrument
	case in.Elsewhere:
		return ErrElsewhere
	case in.Rights != Licensed:
		return ErrNoLicenceNeeded
	}
	return nil
}

// shell finds an instrument that takes items.
func shell(id string) (*Instrument, error) {
	switch in, known := defined(id); {
	case !known:
		return nil, ErrUnknownInstrument
	case in.Elsewhere:
		return nil, ErrElsewhere
	case !in.Shell:
		return nil, ErrShipsWithItems
	default:
		return in, nil
	}
}
