package library

import (
	"net/url"

	"luotsi/courses"
)

var linkKeys = []string{"address"}

const longestAddress = 2000

// link reads what an activity that is done elsewhere says in one language: the address of the service, which may differ by language.
func (c *course) link(f fields, face *courses.ActivityFace) {
	address := f.text("address")
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(address) > longestAddress {
		f.mistake("address", "address must start with https:// and hold neither a user nor a password")
		return
	}
	face.Address = u.String()
}
