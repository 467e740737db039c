package courses

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test and journey that docs/acceptance.md names is there: a table that names what is gone proves nothing.
func TestWhatProvesTheComplaintsIsThere(t *testing.T) {
	table, err := os.ReadFile("../docs/acceptance.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	for _, pattern := range []string{"*_test.go", "psycap/*_test.go", "../server/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sources.Write(text)
		}
	}
	named := regexp.MustCompile("`(Test[A-Za-z]+)`").FindAllStringSubmatch(string(table), -1)
	if len(named) < 30 {
		t.Fatalf("only %d tests are named", len(named))
	}
	for _, name := range named {
		if !strings.Contains(sources.String(), "func "+name[1]+"(t *testing.T)") {
			t.Errorf("%s is named and not there", name[1])
		}
	}
	for _, line := range regexp.MustCompile(`journeys? ((?:`+"`[a-zA-Z]+`"+`(?:, )?)+)`).FindAllStringSubmatch(string(table), -1) {
		for _, name := range regexp.MustCompile("[a-zA-Z]+").FindAllString(line[1], -1) {
			if _, err := os.Stat("../frontend/e2e/journeys/" + name + ".ts"); err != nil {
				t.Errorf("the journey %s is named and not there", name)
			}
		}
	}
}
