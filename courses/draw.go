package courses

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// newSeed makes the seed of an attempt, outside every rule. It follows from nothing that its learner is told, the attempt's id among
// it: whoever knew the seed could put the items of an ordering back in order. It is never negative.
func newSeed() int64 {
	var raw [8]byte
	rand.Read(raw[:])
	return int64(binary.LittleEndian.Uint64(raw[:]) >> 1)
}

// dice is a small generator of random numbers (splitmix64). It is written here because what an attempt asked has to be found
// again for ever: a generator of the standard library may give other numbers one day.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives a number from 0 to n-1, each as likely as the others.
func (d *dice) below(n int) int {
	most := uint64(n)
	reject := -most % most // 2⁶⁴ mod n: the numbers that would make the small ones likelier
	for {
		if x := d.next(); x >= reject {
			return int(x % most)
		}
	}
}

// shuffled gives 0 to n-1 in a random order.
func (d *dice) shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := d.below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// Draw picks n different numbers of 0 to bank-1, in rising order. The same seed always picks the same. It picks all of them
// when n is 0 or not below bank.
func Draw(seed int64, bank, n int) []int {
	d := dice(seed)
	order := d.shuffled(bank)
	if n > 0 && n < bank {
		order = order[:n]
	}
	slices.Sort(order)
	return order
}

// mixed is the order in which the parts of one question are shown: never the right one, which is 0 to n-1.
func mixed(seed int64, question string, n int) []int {
	sum := sha256.Sum256([]byte(question))
	d := dice(uint64(seed) ^ binary.LittleEndian.Uint64(sum[:]))
	order := d.shuffled(n)
	for n > 1 && slices.IsSorted(order) {
		order = d.shuffled(n)
	}
	return order
}
