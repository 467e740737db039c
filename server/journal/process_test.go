package journal_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"luotsi/server/journal"
	"luotsi/server/mongodb"
)

// The test binary is also the processes that the tests below start: LUOTSI_TEST_CHILD says which.
func TestMain(m *testing.M) {
	switch os.Getenv("LUOTSI_TEST_CHILD") {
	case "writer":
		exit(writer(os.Getenv("LUOTSI_TEST_URI"), os.Getenv("LUOTSI_TEST_NAME")))
	case "keeper":
		exit(keeper(os.Getenv("LUOTSI_TEST_FOLDER")))
	}
	os.Exit(m.Run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

const writes = 100

// writer deposits 1 writes times, each with a key of its own that it repeats until it is answered, says its last commit, and
// then, asked for the state at a commit, its fingerprint.
func writer(uri, name string) error {
	ctx := context.Background()
	var j *journal.Journal
	l := newLedger()
	for try := 0; ; try++ { // the proxy may drop the very first answers too
		db, err := mongodb.Connect(ctx, uri, "luotsi")
		if err != nil {
			return err
		}
		o := options(db, l)
		o.Shared = true
		if j, err = journal.Open(ctx, o); err == nil {
			break
		} else if try == 50 {
			return err
		}
		l = newLedger()
	}
	last := uint64(0)
	for n := range writes {
		key := journal.Key{ID: fmt.Sprint("n", n), Request: "deposit"}
		for try := 0; ; try++ {
			a, err := j.Update(ctx, name, key, deposit("till", 1))
			if err == nil {
				last = a.Commit
				break
			}
			if !errors.Is(err, journal.ErrUnavailable) || try == 1000 {
				return err
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	fmt.Println("wrote", last)
	var until uint64
	if _, err := fmt.Scanln(&until); err != nil {
		return err
	}
	for try := 0; j.WaitFor(ctx, until) != nil; try++ {
		if try == 20 {
			return fmt.Errorf("%s never saw commit %d", name, until)
		}
	}
	h, err := j.Hash()
	if err != nil {
		return err
	}
	fmt.Println("state", h, l.data.Accounts["till"].Balance, len(l.data.Accounts["till"].Moves))
	return nil
}

// keeper saves for ever and prints each save that was answered.
func keeper(folder string) error {
	db, err := mongodb.OpenEmbedded(context.Background(), folder, "luotsi", mongodb.Collections)
	if err != nil {
		return err
	}
	j, err := journal.Open(context.Background(), options(db, newLedger()))
	if err != nil {
		return err
	}
	for {
		a, err := j.Update(context.Background(), "anna", journal.Key{}, deposit("till", 1))
		if err != nil {
			return err
		}
		fmt.Println(a.Commit)
	}
}

func child(t *testing.T, kind string, env ...string) (*exec.Cmd, io.WriteCloser, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), "LUOTSI_TEST_CHILD="+kind), env...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, in, bufio.NewScanner(out)
}

// leaky forwards to the engine and closes a connection instead of passing an answer on, one time in fifty.
func leaky(t *testing.T, target string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", target)
			if err != nil {
				client.Close()
				continue
			}
			go func() {
				defer server.Close()
				io.Copy(server, client)
			}()
			go func() {
				defer client.Close()
				defer server.Close()
				buffer := make([]byte, 64<<10)
				for {
					n, err := server.Read(buffer)
					if err != nil || rand.IntN(50) == 0 {
						return
					}
					if _, err := client.Write(buffer[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return listener.Addr().String()
}

func TestThreeProcessesBehindALeakyProxy(t *testing.T) {
	engine, err := mongodb.StartEngine(t.TempDir(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	ctx := context.Background()
	direct, err := engine.Connect(ctx, "luotsi")
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close(ctx)
	if err := engine.Prepare(ctx, direct, mongodb.Collections); err != nil {
		t.Fatal(err)
	}
	address := strings.Trim(strings.TrimPrefix(engine.URI(), "mongodb://"), "/")
	uri := "mongodb://" + leaky(t, address) + "/"

	type process struct {
		in  io.WriteCloser
		out *bufio.Scanner
		cmd *exec.Cmd
	}
	var processes []process
	for n := range 3 {
		cmd, in, out := child(t, "writer", "LUOTSI_TEST_URI="+uri, fmt.Sprint("LUOTSI_TEST_NAME=person", n))
		processes = append(processes, process{in, out, cmd})
	}
	last := uint64(0)
	for n, p := range processes {
		var wrote uint64
		if !p.out.Scan() {
			t.Fatalf("process %d ended: %v", n, p.cmd.Wait())
		}
		if _, err := fmt.Sscan(strings.TrimPrefix(p.out.Text(), "wrote "), &wrote); err != nil {
			t.Fatal(err)
		}
		last = max(last, wrote)
	}
	if last != 3*writes {
		t.Errorf("the last commit is %d, want %d: none lost, none doubled", last, 3*writes)
	}
	var states []string
	for n, p := range processes {
		fmt.Fprintln(p.in, last)
		if !p.out.Scan() {
			t.Fatalf("process %d ended: %v", n, p.cmd.Wait())
		}
		states = append(states, p.out.Text())
		if err := p.cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if states[0] != states[1] || states[1] != states[2] || !strings.HasSuffix(states[0], fmt.Sprintf(" %d %d", 3*writes, 3*writes)) {
		t.Errorf("got %q, want three equal states with %d euros in %d moves", states, 3*writes, 3*writes)
	}
}

func TestKilledInMidWriting(t *testing.T) {
	folder := t.TempDir()
	cmd, _, out := child(t, "keeper", "LUOTSI_TEST_FOLDER="+folder)
	answered := uint64(0)
	var group sync.WaitGroup
	group.Go(func() {
		for out.Scan() {
			if _, err := fmt.Sscan(out.Text(), &answered); err != nil {
				t.Error(err)
			}
			if answered == 200 {
				if err := cmd.Process.Kill(); err != nil {
					t.Error(err)
				}
			}
		}
	})
	group.Wait()
	cmd.Wait()
	if answered < 200 {
		t.Fatalf("only %d saves were answered", answered)
	}
	ctx := context.Background()
	db, err := mongodb.OpenEmbedded(ctx, folder, "luotsi", mongodb.Collections)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(ctx)
	l := newLedger()
	j := open(t, options(db, l))
	defer j.Close()
	if j.Applied() < answered || uint64(l.data.Accounts["till"].Balance) != j.Applied() {
		t.Errorf("%d commits and %d euros are there, want at least the %d answered", j.Applied(), l.data.Accounts["till"].Balance, answered)
	}
	mustUpdate(t, j, deposit("till", 1))
}
