// Command bench seeds a large region, starts the real server on it, drives it over HTTP with signed-in people, and prints
// what it measured beside the ceiling of this machine: a bare handler with the same token check, and the engine's plain insert.
package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	luotsi := flags.String("luotsi", "bin/luotsi", "the program to measure")
	seconds := flags.Float64("seconds", 6, "how long each case runs")
	only := flags.String("only", "", "run only the cases whose name holds this")
	bare := flags.String("bare", "", "serve the bare handler on this address instead (used by itself)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *bare != "" {
		return serveBare(ctx, *bare)
	}
	folder, err := os.MkdirTemp("", "luotsi-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(i)
	}
	b := &bench{
		program: *luotsi, only: *only, folder: folder, key: key, each: time.Duration(*seconds * float64(time.Second)),
		env: append(os.Environ(), "LUOTSI_DATA="+folder, "LUOTSI_JWT_KEY="+base64.StdEncoding.EncodeToString(key), "LUOTSI_DEMO=0"),
	}
	return b.all(ctx)
}

type bench struct {
	program string
	folder  string
	key     []byte
	env     []string
	each    time.Duration
	only    string
}

func (b *bench) all(ctx context.Context) error {
	fmt.Printf("%d processors, %s, %s/%s\n\n", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	begun := time.Now()
	seed := exec.CommandContext(ctx, b.program, "seed")
	seed.Env, seed.Stderr = b.env, os.Stderr
	out, err := seed.Output()
	if err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	region, err := readRegion(out)
	if err != nil {
		return err
	}
	fmt.Printf("Seeded in %.1f s: %d learners, %d cohorts, %d activities, %d doctors, %d coordinators, %d appointments, %d commits.\n",
		time.Since(begun).Seconds(), len(region.Learners), len(region.Cohorts), len(region.Activities), len(region.Doctors), len(region.Coordinators), region.Appointments, region.Commits)

	inserts, err := b.plainInserts(ctx)
	if err != nil {
		return fmt.Errorf("engine: %w", err)
	}
	for _, from := range []string{"segments", "a snapshot"} {
		s, err := b.start(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("Start from %s: %.2f s to ready, %d MB resident.\n", from, s.ready.Seconds(), s.resident())
		if err := s.stop(); err != nil {
			return err
		}
	}
	fmt.Println()
	s, err := b.start(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	d := &driver{bench: b, region: region, server: s}
	if err := d.prepare(); err != nil {
		return err
	}
	results := make([]result, 0, 8)
	for _, c := range d.cases() {
		if !strings.Contains(c.name, b.only) {
			continue
		}
		r, err := d.measure(ctx, c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		results = append(results, r)
	}
	memory := s.resident()
	if err := s.stop(); err != nil {
		return err
	}
	ceilings, err := b.ceilings(ctx, results)
	if err != nil {
		return err
	}
	printTable(results, ceilings, inserts)
	fmt.Printf("\nPlain insert of the engine, 64 writers: %.0f/s. Resident memory at the end: %d MB.\n", inserts, memory)
	return nil
}

// process is a server that was started and is measured from outside.
type process struct {
	cmd   *exec.Cmd
	addr  string
	ready time.Duration
	ended chan error
}

func (b *bench) start(ctx context.Context) (*process, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.program)
	cmd.Env = append(b.env, "LUOTSI_ADDR="+addr, "LUOTSI_PUBLIC_URL=http://"+addr)
	log, err := os.OpenFile(filepath.Join(b.folder, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	return launch(ctx, cmd, addr, "/readyz")
}

func launch(ctx context.Context, cmd *exec.Cmd, addr, path string) (*process, error) {
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, addr: addr, ended: make(chan error, 1)}
	go func() { p.ended <- cmd.Wait() }()
	for {
		if status, _, err := get("http://" + addr + path); err == nil && status == 200 {
			p.ready = time.Since(begun)
			return p, nil
		}
		select {
		case err := <-p.ended:
			return nil, fmt.Errorf("the server ended: %w", errors.Join(err, errors.New(strings.Join(cmd.Args, " "))))
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
		if time.Since(begun) > 2*time.Minute {
			return nil, errors.New("the server was not ready within two minutes")
		}
	}
}

// stop asks for an orderly end and waits for it; a second call does nothing.
func (p *process) stop() error {
	if p.cmd == nil {
		return nil
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := <-p.ended
	p.cmd = nil
	return err
}
