package journal

import (
	"errors"
	"fmt"
	"testing"

	"go.mongodb.org/mongo-driver/mongo"
)

// Only what the database itself said no to is certainly not stored; everything else has to be asked again.
func TestRefused(t *testing.T) {
	written := func(code int) error {
		return fmt.Errorf("insert: %w", mongo.WriteException{WriteErrors: mongo.WriteErrors{{Code: code}}})
	}
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"a document that breaks the rules": {written(121), true},
		"a router lost its shard":          {written(6), false},
		"a shard steps down":               {written(11602), false},
		"no room on the disk":              {written(14031), false},
		"no majority yet": {mongo.WriteException{
			WriteErrors: mongo.WriteErrors{{Code: 121}}, WriteConcernError: &mongo.WriteConcernError{Code: 64},
		}, false},
		"no answer": {errors.New("connection reset"), false},
	} {
		if got := refused(test.err); got != test.want {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
