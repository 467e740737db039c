package main

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// Two starts at the same moment never both go on with a key of their own: the later file would make every name unreadable that
// the earlier key sealed.
func TestStartsAtOnceNeverUseTwoKeys(t *testing.T) {
	for range 20 {
		folder := filepath.Join(t.TempDir(), "keys")
		keys := make([][]byte, 8)
		var all sync.WaitGroup
		for i := range keys {
			all.Go(func() {
				if key, err := keptKey(folder, "vault_key"); err == nil {
					keys[i] = key
				}
			})
		}
		all.Wait()
		kept, err := keptKey(folder, "vault_key")
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if key != nil && !bytes.Equal(key, kept) {
				t.Fatal("a start went on with a key that is not the kept one")
			}
		}
		info, err := os.Stat(filepath.Join(folder, "vault_key"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the key's file is %v (%v)", info.Mode(), err)
		}
	}
}
