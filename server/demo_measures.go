package main

import (
	"context"
	"fmt"
	"strings"

	"luotsi/courses/psycap"
)

// reportDemo makes a report of tables from elsewhere: the work ability of 20 people before and after, 6,8 and 7,3 on average, and how
// 200 people manage everyday life, of whom 45, 38 and 37 % manage it better than before.
func (w *world) reportDemo(ctx context.Context, trainer, org string) error {
	var ability strings.Builder
	ability.WriteString("ability_ennen;ability_jälkeen\n")
	for i := range 20 {
		before, after := 7, 7
		switch {
		case i < 6:
			before = 6
		case i >= 18:
			before = 8
		}
		if i >= 14 {
			after = 8
		}
		fmt.Fprintf(&ability, "%d;%d\n", before, after)
	}
	items := []struct {
		id       string
		improved int
		step     int // visits all 200 in another order
	}{{"mental", 90, 37}, {"physical", 76, 59}, {"social", 74, 83}}
	var everyday strings.Builder
	for _, item := range items {
		fmt.Fprintf(&everyday, "%s_ennen;%s_jälkeen;", item.id, item.id)
	}
	for i := range 200 {
		everyday.WriteByte('\n')
		for _, item := range items {
			before := 3 + i*item.step%5
			after := before
			switch rank := i * item.step % 200; {
			case rank < item.improved:
				after += 1 + rank%3/2
			case rank >= 170:
				after--
			}
			fmt.Fprintf(&everyday, "%d;%d;", before, after)
		}
	}
	_, err := w.psycap.MakeTableReport(ctx, w.as(trainer), org, "Työkyky ja arjessa pärjääminen ennen valmennusta ja sen jälkeen", []psycap.TableWish{
		{Instrument: "tyokyky", Version: "1", Text: ability.String()}, {Instrument: "toimintakyky", Version: "1", Text: everyday.String()},
	})
	return err
}
