package journal

import (
	"crypto/sha256"
	"encoding/hex"

	"go.mongodb.org/mongo-driver/bson"
)

// Replay applies stored commits to fresh states, without a database, and gives each state's fingerprint by its name. It is
// what holds the promise of events: the same stored commits must give the same states, until a state's Version rises.
func Replay(types []Type, upgrades []Upgrade, states []State, commits []bson.Raw) (map[string]string, error) {
	codec, err := newCodec(types, upgrades)
	if err != nil {
		return nil, err
	}
	j := &Journal{codec: codec, keys: newKeys()}
	j.states = append(j.states, states...)
	j.states = append(j.states, j.keys)
	reset(j.states)
	for _, raw := range commits {
		c, err := codec.decode(raw)
		if err != nil {
			return nil, err
		}
		j.applyLocked(c)
	}
	prints := map[string]string{}
	for _, s := range j.states {
		h := sha256.New()
		if err := writeStates(h, []State{s}); err != nil {
			return nil, err
		}
		prints[s.Name()] = hex.EncodeToString(h.Sum(nil))
	}
	return prints, nil
}
