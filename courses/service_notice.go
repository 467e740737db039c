package courses

import (
	"context"
	"slices"
	"time"

	"luotsi/server/auth"
	"luotsi/server/journal"
	"luotsi/server/people"
)

// tellingsPerTick bounds what one tick commits; the rest follows with the next one.
const tellingsPerTick = 20

// TellNews tells learners what opened, what changed and what is due soon. Every server does so all the time: what was told is not
// told again.
func (s *Service) TellNews(ctx context.Context) error {
	rule := func(now time.Time) (journal.Decision, error) { return s.state.tellNews(s.borders, now) }
	for range tellingsPerTick {
		var news journal.Decision
		var err error
		now := s.now()
		s.journal.View(func() { news, err = rule(now) })
		if err != nil || len(news.Events) == 0 {
			return err
		}
		if _, err := s.journal.Update(ctx, "", journal.Key{}, rule); err != nil {
			return err
		}
	}
	return nil
}

// NamedNotice is a notice in words.
type NamedNotice struct {
	Notice
	Title string // of what it is about: an activity, a module when it is about several, or the course
	In    string // the course
	Read  bool
}

// feedOf lists what a person is to see in their feed, the newest first.
func (s *Service) feedOf(person string) (all []Notice) {
	now := s.now()
	s.journal.View(func() {
		all = slices.DeleteFunc(s.state.noticesOf(s.borders, person, now, s.more), func(n Notice) bool {
			return !s.state.wants(person, n.News.Kind(), InFeed)
		})
	})
	return all
}

// Notices is the caller's feed. When it is not known just now what they have read, nothing calls for being read.
func (s *Service) Notices(ctx context.Context, caller auth.Caller) ([]NamedNotice, error) {
	read, known := s.noticed.get(ctx, caller.Person)
	feed := []NamedNotice{}
	for _, n := range s.feedOf(caller.Person) {
		named, err := s.nameNotice(ctx, n, caller.Language)
		if err != nil {
			return nil, err
		}
		named.Read = !known || slices.Contains(read, n.ID)
		feed = append(feed, named)
	}
	return feed, nil
}

func (s *Service) nameNotice(ctx context.Context, n Notice, language Language) (NamedNotice, error) {
	if n.Course == "" {
		return NamedNotice{Notice: n}, nil
	}
	hash := ""
	s.journal.View(func() { hash = s.state.editions[n.Course].hash })
	content, err := s.contents.get(ctx, n.Course, hash)
	if err != nil {
		return NamedNotice{}, err
	}
	course, _ := content.Faces.In(language)
	named := NamedNotice{Notice: n, Title: course.Title, In: course.Title}
	if len(n.Activities) == 0 {
		return named, nil
	}
	if module, activity := content.Find(n.Activities[0]); activity != nil {
		if face, _ := activity.Faces.In(language); len(n.Activities) == 1 {
			named.Title = face.Title
		} else {
			face, _ := module.Faces.In(language)
			named.Title = face.Title
		}
	}
	return named, nil
}

// Unread counts the notices that the caller has not read.
func (s *Service) Unread(ctx context.Context, caller auth.Caller) int {
	feed := s.feedOf(caller.Person)
	if len(feed) == 0 {
		return 0
	}
	read, known := s.noticed.get(ctx, caller.Person)
	if !known {
		return 0
	}
	unread := 0
	for _, n := range feed {
		if !slices.Contains(read, n.ID) {
			unread++
		}
	}
	return unread
}

// ReadNotices marks notices of the caller as read; those they do not have are left out.
func (s *Service) ReadNotices(ctx context.Context, caller auth.Caller, ids []string) error {
	shown := []string{}
	for _, n := range s.feedOf(caller.Person) {
		shown = append(shown, n.ID)
	}
	return s.noticed.add(ctx, caller.Person, ids, shown)
}

// NoticeChoices tells where the caller wants notices.
func (s *Service) NoticeChoices(_ context.Context, caller auth.Caller) (choices []NoticeChoice) {
	s.journal.View(func() { choices = s.state.noticeChoices(caller.Person) })
	return choices
}

// ChooseNotices says where the caller wants notices.
func (s *Service) ChooseNotices(ctx context.Context, caller auth.Caller, choices []NoticeChoice) ([]NoticeChoice, error) {
	_, err := s.journal.Update(ctx, caller.Person, journal.Key(caller.Key), func(time.Time) (journal.Decision, error) {
		return s.state.chooseNotices(caller.Person, choices)
	})
	if err != nil {
		return nil, err
	}
	return s.NoticeChoices(ctx, caller), nil
}

// NoticesKeeper is what people has to know to show, or to erase, what is kept of a person's notices.
func (s *Service) NoticesKeeper() people.Keeper {
	type kept struct {
		Off  []string `json:"off"` // <kind>.<place>
		Read []string `json:"read"`
		Told []string `json:"told"` // <what>.<activity>.<of what>
	}
	return people.Keeper{
		Name:   "notices",
		Forget: func(ctx context.Context, person string, _ people.Name) error { return s.noticed.erase(ctx, person) },
		Data: func(ctx context.Context, person string) (any, error) {
			k := kept{Off: []string{}, Read: []string{}, Told: []string{}}
			s.journal.View(func() {
				for _, off := range s.state.data.NoticesOff[person] {
					k.Off = append(k.Off, string(off.Kind)+"."+string(off.Place))
				}
				for _, l := range s.state.learners[person] {
					for what, told := range map[News]map[string]Told{NewsOpened: l.Releases, NewsChanged: l.Changes, NewsDue: l.Dues} {
						for activity, t := range told {
							k.Told = append(k.Told, string(what)+"."+activity+"."+t.Of)
						}
					}
				}
			})
			slices.Sort(k.Told)
			if read, _ := s.noticed.get(ctx, person); read != nil {
				k.Read = read
			}
			return k, nil
		},
	}
}
