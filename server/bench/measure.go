package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

const concurrency = 8

// testCase is one kind of request. next gives the n-th one; false when there are no more.
type testCase struct {
	name    string
	want    int // the status that counts as success
	also    int // a status that is no failure and not counted, as a lost race; 0 when there is none
	limit   int // requests in all; 0 for as many as fit in the time
	ceiling string
	client  func(n int) *fasthttp.HostClient
	next    func(n int, req *fasthttp.Request) bool
	alone   func(n int) (time.Duration, error) // instead of next: the n-th step of what goes one after the other
}

type result struct {
	testCase
	perSecond     float64
	p50, p95, p99 time.Duration
	cpu           time.Duration // of the server, per request
	bytes         int           // of a typical answer
	resident      int
}

func (d *driver) measure(ctx context.Context, c testCase) (result, error) {
	if c.alone != nil {
		return d.measureAlone(ctx, c)
	}
	client := &fasthttp.HostClient{Addr: d.server.addr, MaxConns: concurrency, ReadTimeout: 30 * time.Second}
	var mu sync.Mutex
	var took []time.Duration
	size, failed := 0, error(nil)
	next := 0
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if failed != nil || c.limit > 0 && next >= c.limit {
			return 0, false
		}
		next++
		return next - 1, true
	}
	begun, cpu := time.Now(), d.server.cpu()
	var group sync.WaitGroup
	for range concurrency {
		group.Go(func() {
			req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			defer fasthttp.ReleaseRequest(req)
			defer fasthttp.ReleaseResponse(res)
			var mine []time.Duration
			for time.Since(begun) < d.bench.each && ctx.Err() == nil {
				n, ok := take()
				if !ok {
					break
				}
				req.Reset()
				if !c.next(n, req) {
					break
				}
				use := client
				if c.client != nil {
					use = c.client(n)
				}
				start := time.Now()
				err := use.Do(req, res)
				elapsed := time.Since(start)
				if err == nil && res.StatusCode() != c.want && (c.also == 0 || res.StatusCode() != c.also) {
					err = fmt.Errorf("%s %s: status %d: %.300s", req.Header.Method(), req.URI().Path(), res.StatusCode(), res.Body())
				}
				if err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					break
				}
				if res.StatusCode() == c.want {
					mine = append(mine, elapsed)
					if len(mine) == 1 {
						mu.Lock()
						size = len(res.Body())
						mu.Unlock()
					}
				}
			}
			mu.Lock()
			took = append(took, mine...)
			mu.Unlock()
		})
	}
	group.Wait()
	wall := time.Since(begun)
	used := d.server.cpu() - cpu
	if failed != nil {
		return result{}, failed
	}
	if len(took) == 0 {
		return result{}, errors.New("no request succeeded")
	}
	return d.result(c, took, wall, used, size), nil
}

func (d *driver) result(c testCase, took []time.Duration, wall, cpu time.Duration, size int) result {
	slices.Sort(took)
	at := func(p float64) time.Duration { return took[min(len(took)-1, int(p*float64(len(took))))] }
	return result{
		testCase: c, perSecond: float64(len(took)) / wall.Seconds(),
		p50: at(0.50), p95: at(0.95), p99: at(0.99),
		cpu: cpu / time.Duration(len(took)), bytes: size, resident: d.server.resident(),
	}
}

// measureAlone takes one step after the other; only what each says of itself counts as time, while the processor's time is that
// of what was needed in between, too.
func (d *driver) measureAlone(ctx context.Context, c testCase) (result, error) {
	var took []time.Duration
	var wall time.Duration
	cpu := d.server.cpu()
	for n := 0; n < c.limit && ctx.Err() == nil; n++ {
		elapsed, err := c.alone(n)
		if err != nil {
			return result{}, err
		}
		took = append(took, elapsed)
		wall += elapsed
	}
	if len(took) == 0 {
		return result{}, errors.New("no step was taken")
	}
	return d.result(c, took, wall, d.server.cpu()-cpu, 0), nil
}

func printTable(results []result, ceilings map[string]float64, inserts float64) {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000) }
	fmt.Println("| Case | Requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | Answer bytes | Memory MB | Ceiling/s | Share |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
	for _, r := range results {
		ceiling := ceilings[r.name]
		if r.ceiling == "insert" {
			ceiling = inserts
		}
		top, share := "–", "–"
		if ceiling > 0 {
			top, share = fmt.Sprintf("%.0f", ceiling), fmt.Sprintf("%.0f %%", 100*r.perSecond/ceiling)
		}
		fmt.Println(strings.Join([]string{"| " + r.name, fmt.Sprintf("%.0f", r.perSecond), ms(r.p50), ms(r.p95), ms(r.p99),
			fmt.Sprintf("%.3f", float64(r.cpu.Nanoseconds())/1e6), fmt.Sprint(r.bytes), fmt.Sprint(r.resident), top, share + " |"}, " | "))
	}
}
