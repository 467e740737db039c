package courses

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"
)

func TestWhenSomebodyWasAtAPlace(t *testing.T) {
	at := func(d time.Duration) int64 { return noon.Add(d).UnixMilli() }
	tests := []struct {
		name    string
		said    int64
		want    time.Time
		refused bool
	}{
		{name: "nothing is said", want: noon},
		{name: "just now", said: at(0), want: noon},
		{name: "before", said: at(-time.Hour), want: noon.Add(-time.Hour)},
		{name: "a clock that is a little ahead", said: at(time.Millisecond), want: noon},
		{name: "a clock that is a minute ahead", said: at(time.Minute), want: noon},
		{name: "and one that is more", said: at(time.Minute + time.Millisecond), refused: true},
		{name: "at the end of time", said: math.MaxInt64, refused: true},
		{name: "long ago", said: 1, want: time.UnixMilli(1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := placeAt(tt.said, noon)
			if !got.Equal(tt.want) || (err != nil) != tt.refused {
				t.Errorf("got %v %v", got, err)
			}
		})
	}
}

// What a device without a network sends afterwards never takes the place of where its person has been since.
func TestOlderPlaceIsIgnored(t *testing.T) {
	tests := []struct {
		name  string
		sent  time.Duration // after noon, when it was l2
		moved bool
	}{
		{"earlier", -time.Millisecond, false},
		{"at the same moment", 0, true},
		{"later", time.Millisecond, true},
		{"long before", -1000 * time.Hour, false},
		{"by a clock that is ahead", 2 * time.Minute, true},
	}
	for _, inMemory := range []bool{true, false} {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				r := newRegion(t)
				r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", `{"activity":"l2","position":10}`)
				if !inMemory {
					if err := r.service.Flush(context.Background()); err != nil {
						t.Fatal(err)
					}
					r.service.places.kept = map[string]keptPlace{}
				}
				r.clock.Store(noon.Add(time.Minute).UnixMilli())
				r.want(t, 204, "aino", "PUT", "/api/courses/coord/place", fmt.Sprintf(`{"activity":"l3","position":20,"at":%d}`, noon.Add(tt.sent).UnixMilli()))
				want := "l2"
				if tt.moved {
					want = "l3"
				}
				for range 2 {
					wantAt(t, r.want(t, 200, "aino", "GET", activities+want, ""), "place.activity", want)
					if err := r.service.Flush(context.Background()); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}
