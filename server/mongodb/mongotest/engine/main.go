// Command engine serves the embedded engine to a test process that is built with the race detector: inside such a process the
// engine itself would be ten times slower. It prints its address, prepares each database whose name it reads, and ends with
// its input, that is with the test.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"

	"luotsi/server/mongodb"
)

func main() {
	if err := run(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, folder string) error {
	engine, err := mongodb.StartEngine(folder, "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, engine.URI())
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		db, err := engine.Connect(ctx, names.Text())
		if err == nil {
			err = errors.Join(engine.Prepare(ctx, db, mongodb.Collections), db.Close(ctx))
		}
		if err != nil {
			return errors.Join(err, engine.Close())
		}
		fmt.Fprintln(os.Stdout, "prepared")
	}
	return errors.Join(engine.Close(), os.RemoveAll(folder))
}
