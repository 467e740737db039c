package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"go.mongodb.org/mongo-driver/bson"

	"luotsi/server/auth"
	"luotsi/server/mongodb"
)

// serveBare is the ceiling: the same framework and token check, and a constant answer of the asked size.
func serveBare(ctx context.Context, addr string) error {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(i)
	}
	tokens, err := auth.NewTokens(key)
	if err != nil {
		return err
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Get("/ready", func(c *fiber.Ctx) error { return c.SendString("ready") })
	answers := map[string]string{}
	var mu sync.Mutex
	app.Get("/answer/:size", func(c *fiber.Ctx) error {
		if _, err := tokens.Read(c.Cookies("luotsi_token"), time.Now()); err != nil {
			return fiber.ErrUnauthorized
		}
		mu.Lock()
		answer, ok := answers[c.Params("size")]
		if !ok {
			size, _ := c.ParamsInt("size")
			answer = strings.Repeat("x", size)
			answers[c.Params("size")] = answer
		}
		mu.Unlock()
		return c.SendString(answer)
	})
	go func() {
		<-ctx.Done()
		_ = app.Shutdown()
	}()
	return app.Listen(addr)
}

// ceilings drives the bare handler with answers of the sizes that were seen.
func (b *bench) ceilings(ctx context.Context, results []result) (map[string]float64, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, err := launch(ctx, exec.CommandContext(ctx, self, "-bare", addr), addr, "/ready")
	if err != nil {
		return nil, err
	}
	defer p.stop()
	tokens, err := auth.NewTokens(b.key)
	if err != nil {
		return nil, err
	}
	token, err := tokens.Sign("person", "session", time.Now())
	if err != nil {
		return nil, err
	}
	found := map[string]float64{}
	for _, r := range results {
		if r.ceiling != "bare" {
			continue
		}
		d := &driver{bench: b, server: p}
		c := testCase{name: r.name, want: 200, next: func(_ int, req *fasthttp.Request) bool {
			req.SetRequestURI(fmt.Sprintf("http://%s/answer/%d", addr, r.bytes))
			req.Header.SetCookie("luotsi_token", token)
			return true
		}}
		top, err := d.measure(ctx, c)
		if err != nil {
			return nil, err
		}
		found[r.name] = top.perSecond
	}
	return found, nil
}

// plainInserts measures what the engine itself can store: small documents, 64 writers, nothing around them.
func (b *bench) plainInserts(ctx context.Context) (float64, error) {
	engine, err := mongodb.StartEngine(filepath.Join(b.folder, "plain"), "")
	if err != nil {
		return 0, err
	}
	defer engine.Close()
	db, err := engine.Connect(ctx, "plain")
	if err != nil {
		return 0, err
	}
	defer db.Close(ctx)
	if err := engine.Prepare(ctx, db, []string{"plain"}); err != nil {
		return 0, err
	}
	var serial atomic.Int64
	var mu sync.Mutex
	var failed error
	begun := time.Now()
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for time.Since(begun) < b.each {
				doc := bson.D{{Key: "_id", Value: fmt.Sprintf("%012d", serial.Add(1))}, {Key: "text", Value: strings.Repeat("x", 250)}}
				if _, err := db.Driver.Collection("plain").InsertOne(ctx, doc); err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	group.Wait()
	return float64(serial.Load()) / time.Since(begun).Seconds(), failed
}
