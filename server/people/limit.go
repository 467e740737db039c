package people

import (
	"net/netip"
	"sync"
	"time"

	"luotsi/server/fault"
)

// Limit slows down whoever tries too often. A key starts with burst tries and gets one back every refill. It lives in the
// memory of one server: it is there to make guessing slow, not to count.
type Limit struct {
	burst  int
	refill time.Duration

	mu   sync.Mutex
	full map[string]time.Time // when the key has all its tries again; absent = it has
}

// maxKeys bounds the memory; with more keys at once, those that are full again are thrown out.
const maxKeys = 100_000

// NewLimit lets a key try so often at once, and once more every refill.
func NewLimit(burst int, refill time.Duration) *Limit {
	return &Limit{burst: burst, refill: refill, full: map[string]time.Time{}}
}

// Take uses one try up, or fails with ErrTooMany, which says when to come back.
func (l *Limit) Take(key string, now time.Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[key]
	if full.Before(now) {
		full = now
	}
	full = full.Add(l.refill)
	if wait := full.Sub(now) - time.Duration(l.burst)*l.refill; wait > 0 {
		return &fault.Error{Kind: fault.TooMany, Code: ErrTooMany.Code, Detail: ErrTooMany.Detail, RetryAfter: wait}
	}
	if len(l.full) >= maxKeys {
		for k, t := range l.full {
			if !t.After(now) {
				delete(l.full, k)
			}
		}
	}
	l.full[key] = full
	return nil
}

// Back returns a try that turned out to be rightful.
func (l *Limit) Back(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if full, taken := l.full[key]; taken {
		l.full[key] = full.Add(-l.refill)
	}
}

// networkOf is what counts as one place on the network: an IPv4 address, or the /64 that a subscriber gets of IPv6.
func networkOf(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap().WithZone(""); a.Is4() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// ErrTooMany means that somebody has to slow down.
var ErrTooMany = fault.New(fault.TooMany, "too_many", "too many tries; wait a moment")
