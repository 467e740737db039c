package people

import "testing"

func TestFoldAddress(t *testing.T) {
	cases := []struct{ name, address, want string }{
		{"plain", "aino@example.fi", "aino@example.fi"},
		{"capitals and space around", " Aino.Lahti@Example.FI ", "aino.lahti@example.fi"},
		{"letters made of two", "a\u0308@example.fi", "ä@example.fi"},
		{"wide letters", "ａino@example.fi", "aino@example.fi"},
		{"a domain with letters", "aino@bücher.example", "aino@xn--bcher-kva.example"},
		{"the same as the network writes it", "aino@xn--bcher-kva.example", "aino@xn--bcher-kva.example"},
		{"two signs", "a@b@example.fi", "a@b@example.fi"},
		{"no address", "aino", "aino"},
		{"a domain that can not be", "aino@ex ample", "aino@ex ample"},
	}
	for _, c := range cases {
		if got := foldAddress(c.address); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
