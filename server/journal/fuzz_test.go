package journal

import "testing"

// FuzzSegment feeds damaged segments: they are refused, whatever is in them.
func FuzzSegment(f *testing.F) {
	c, err := newCodec(nil, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{}, true)
	f.Add([]byte{5, 0, 0, 0, 0}, false)
	f.Add([]byte{255, 255, 255, 127, 0, 0}, false)
	f.Fuzz(func(t *testing.T, data []byte, packed bool) {
		if !packed {
			data = pack.EncodeAll(data, nil)
		}
		if records, err := (segment{hashOf(data), data}).open(c, segmentSize); err == nil {
			t.Errorf("got %d commits of a segment that was never stored", len(records))
		}
	})
}
