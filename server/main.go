// Command luotsi serves the training and consultation platform for work-ability coordinators: a JSON API, the web page, and
// everything kept as a journal in MongoDB or in the embedded engine.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Finnish days need Europe/Helsinki, also where the system has no zones
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "luotsi:", err)
		os.Exit(1)
	}
}

const usage = `luotsi [command]

  serve              serve the page and the API (the default)
  init               found the first organisation and invite its administrator
  verify             replay the journal from its first commit and compare everything derived from it
  export FILE        write a backup: everything but the keys
  import FILE        read a backup into an empty database
  project            rebuild the readable copies for analysts
  engine [ADDR]      serve the embedded engine alone, on a loopback address
  openapi            print the description of the API
  health             ask the running server whether it is alive
  seed               fill an empty data folder with a large made-up region, for measuring

Settings are in the environment: LUOTSI_ADDR, LUOTSI_PUBLIC_URL, LUOTSI_MONGODB_URI, LUOTSI_DATA, LUOTSI_JWT_KEY,
LUOTSI_VAULT_KEY, LUOTSI_SMTP_URL, LUOTSI_COURSES, LUOTSI_DEMO. See README.md.
`

// errUsage means that the command's words are off; usage tells the right ones.
var errUsage = errors.New("unknown command or arguments; luotsi help lists them")

// run is the program without its process: what main gives it is all it knows of the world outside.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	if command == "help" || command == "-h" || command == "--help" {
		_, err := io.WriteString(stdout, usage)
		return err
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	if command == "openapi" {
		return printOpenAPI(ctx, stdout)
	}
	config, err := readConfig(getenv)
	if err != nil {
		return fmt.Errorf("settings:\n%w", err)
	}
	switch command {
	case "serve":
		return serve(ctx, config, log, stdout)
	case "health":
		return health(ctx, config)
	case "engine":
		return serveEngine(ctx, config, args, stdout)
	case "init":
		return found(ctx, config, log, args, stdout)
	case "verify":
		return verify(ctx, config, log, stdout)
	case "export":
		return export(ctx, config, log, args, stdout)
	case "import":
		return restore(ctx, config, log, args, stdout)
	case "project":
		return project(ctx, config, log, stdout)
	case "seed":
		return seed(ctx, config, log, stdout)
	}
	return errUsage
}
