// Package library reads courses from Markdown: the ones that ship with Luotsi, in the folders beside this file, and
// any other file system of the same form. Each file is one language of one thing and starts with YAML front matter:
//
//	<course>/course.<lang>.md         id, title, summary; contact_days
//	<course>/mNN/module.<lang>.md     id, title, hours, goals, outline, output, sources, reviewed, review_by; after, opens, due
//	<course>/mNN/NN-<slug>.<lang>.md  id, kind, title, minutes; planned, requires, optional, after, opens, due;
//	                                  a quiz also pass, questions; draw, attempts, time_limit
//
// A link also has address: https://…, of the service in the language of the file.
//
// A video: video is a file beside the Markdown, <course>/mNN/NN-<slug>.mp4 (or .webm; an MP4 with its moov first), seconds how long it
// lasts, captions a file of WebVTT beside it, in the language of the Markdown, whose body is the transcript: all that is said and
// shown. Another language has captions of its own; it may also have its own video, with its seconds, and else shows the Finnish one.
//
// What stands behind a semicolon may be left out. planned is minutes of study: those of a module's activities sum to its hours.
// after lists earlier modules and activities that have to be finished first; opens and due are a day, or start+N: N days after
// the first day of the cohort.
//
// A quiz: pass is the points that pass an attempt (of those drawn). draw is how many questions each attempt asks, drawn out of all
// of them; attempts is how many there may be, time_limit the minutes for one. A question has id, type, text; points (1), feedback
// (said to whoever sees their answer), and by its type:
//
//	single      options: id, text, feedback; correct: true for one of them
//	multiple    options: id, text, feedback; correct: true for those that are right, at least one
//	true_false  answer: true or false, feedback_right, feedback_wrong
//	matching    pairs: id, left, right; at least three. They are shown mixed; each right pair gives its part of the points
//	ordering    items: id, text, in the right order; at least three. Shown mixed; each at its place gives its part of the points
//	numeric     answer; tolerance (0), unit. A decimal comma or point; what is exactly at the tolerance is right
//	text        accept: texts, compared without letter case and final punctuation; feedback
//	open        points, guide: what its marker, a trainer, looks for; learners never see it
//
// The parts of points are rounded down: give a matching of four pairs points: 4 so that each pair counts. In other languages ids,
// points, right answers and their order are repeated as in Finnish.
//
// A task may have a rubric, and a development task also steps, which are handed in one after the other. In other languages
// ids, points and their order are repeated as in Finnish:
//
//	rubric      criteria: id, title, levels: id, title, points, text; levels stand from the fewest points to the most
//	steps       id, title, text
//
// Things stand in the order of their file names. What is not said here is a mistake, not an extension.
package library

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"luotsi/courses"
)

//go:embed tyokykykoordinaattori
var shipped embed.FS

// Mistake is what is wrong in a file. Line is 0 when it is the file itself.
type Mistake struct {
	File   string
	Line   int
	Reason string
}

func (m *Mistake) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Reason
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Reason)
}

// Shipped reads the courses that ship with Luotsi.
func Shipped() ([]*courses.Content, error) { return Load(shipped) }

// Load reads every course of a file system. Its error joins all mistakes of all files, each a *Mistake, in the order
// of files and lines; there are no courses then.
func Load(files fs.FS) ([]*courses.Content, error) {
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("read the library: %w", err)
	}
	l := &loader{files: files, media: map[string]*medium{}}
	var all []*courses.Content
	for _, folder := range folders {
		if !folder.IsDir() {
			l.mistake(folder.Name(), 0, "a library holds folders of courses, not files")
			continue
		}
		course, err := l.course(folder.Name())
		if err != nil {
			return nil, fmt.Errorf("read the library: %w", err)
		}
		all = append(all, course)
	}
	if len(l.mistakes) > 0 {
		slices.SortStableFunc(l.mistakes, func(a, b *Mistake) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
		})
		errs := make([]error, len(l.mistakes))
		for i, m := range l.mistakes {
			errs[i] = m
		}
		return nil, errors.Join(errs...)
	}
	return all, nil
}

type loader struct {
	files    fs.FS
	mistakes []*Mistake

	media      map[string]*medium
	mediaOrder []string
}

func (l *loader) mistake(file string, line int, format string, args ...any) {
	l.mistakes = append(l.mistakes, &Mistake{File: file, Line: line, Reason: fmt.Sprintf(format, args...)})
}

var (
	courseFile   = regexp.MustCompile(`^course\.([a-z]+)\.md$`)
	moduleFolder = regexp.MustCompile(`^m[0-9]{2}$`)
	moduleFile   = regexp.MustCompile(`^module\.([a-z]+)\.md$`)
	activityFile = regexp.MustCompile(`^([0-9]{2})-[a-z0-9-]+\.([a-z]+)\.md$`)
)

// course reads one folder. Mistakes are kept aside; the error is only that of a file that can not be read.
func (l *loader) course(folder string) (*courses.Content, error) {
	content := &courses.Content{ID: folder, Faces: courses.Faces[courses.CourseFace]{}}
	sum := sha256.New()
	type group struct{ module, name string }
	var order []group // modules and activities, in the order of their file names
	sources := map[group]map[courses.Language]source{}
	err := fs.WalkDir(l.files, folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside := strings.Split(name, "/")[1:]
		if entry.IsDir() {
			if len(inside) > 1 || len(inside) == 1 && !moduleFolder.MatchString(inside[0]) {
				l.mistake(name, 0, "not the folder of a module (mNN)")
				return fs.SkipDir
			}
			return nil
		}
		if len(inside) == 2 && mediaFile.MatchString(inside[1]) {
			return l.medium(folder, name, sum)
		}
		text, err := fs.ReadFile(l.files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\x00%d\x00%s", strings.TrimPrefix(name, folder+"/"), len(text), text)
		var at group
		var language string
		switch base := path.Base(name); {
		case len(inside) == 1 && courseFile.MatchString(base):
			language = courseFile.FindStringSubmatch(base)[1]
		case len(inside) == 2 && moduleFile.MatchString(base):
			at = group{module: inside[0]}
			language = moduleFile.FindStringSubmatch(base)[1]
		case len(inside) == 2 && activityFile.MatchString(base):
			language = activityFile.FindStringSubmatch(base)[2]
			at = group{module: inside[0], name: strings.TrimSuffix(base, "."+language+".md")}
		default:
			l.mistake(name, 0, "not a file of a course: course.<lang>.md, mNN/module.<lang>.md or mNN/NN-<slug>.<lang>.md")
			return nil
		}
		if !slices.Contains(courses.Languages(), language) {
			l.mistake(name, 0, "the language %q is not one of %s", language, strings.Join(courses.Languages(), ", "))
			return nil
		}
		if sources[at] == nil {
			sources[at] = map[courses.Language]source{}
			order = append(order, at)
		}
		if s, ok := l.split(name, text); ok {
			sources[at][language] = s
		} else {
			sources[at][language] = source{file: name, broken: true}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	content.Hash = hex.EncodeToString(sum.Sum(nil))
	if sources[group{}] == nil {
		l.mistake(folder+"/course.fi.md", 0, "the file is missing")
	}
	l.courseFaces(content, folder, sources[group{}])

	// Walking gives 01-… before module.…, so each module is found by its folder first.
	slices.SortStableFunc(order, func(a, b group) int {
		return cmp.Or(cmp.Compare(a.module, b.module), cmp.Compare(a.name, b.name))
	})
	check := &course{loader: l, modules: map[string]string{}, activities: map[string]string{}, reflections: map[string]bool{}}
	var module *courses.Module
	var folderOf, number string
	for _, at := range order {
		if at.module == "" {
			continue
		}
		if at.module != folderOf {
			folderOf, number = at.module, ""
			content.Modules = append(content.Modules, courses.Module{Faces: courses.Faces[courses.ModuleFace]{}})
			module = &content.Modules[len(content.Modules)-1]
			if at.name != "" {
				l.mistake(path.Join(folder, at.module, "module.fi.md"), 0, "the file is missing")
			}
		}
		if at.name == "" {
			check.module(module, path.Join(folder, at.module), sources[at])
			continue
		}
		if at.name[:2] == number {
			l.mistake(path.Join(folder, at.module, at.name+".fi.md"), 0, "number %s is used twice in this module", number)
		}
		number = at.name[:2]
		a := check.activity(path.Join(folder, at.module, at.name), sources[at])
		if a.Hash, err = hashOf(a.Faces); err != nil {
			return nil, err
		}
		module.Activities = append(module.Activities, a)
	}
	for m := range content.Modules {
		check.planned(&content.Modules[m])
	}
	content.Media = l.shown(folder)
	if len(content.Modules) == 0 {
		l.mistake(folder, 0, "a course needs a module")
	}
	return content, nil
}

// hashOf tells versions of an activity's texts apart.
func hashOf(faces courses.Faces[courses.ActivityFace]) (string, error) {
	raw, err := json.Marshal(faces) // in the order of the languages' names
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8]), nil
}

// inOrder lists the languages that are there, Finnish first, so that the others can be compared with it.
// A missing Finnish file is a mistake.
func (l *loader) inOrder(sources map[courses.Language]source, finnish string) []courses.Language {
	if _, ok := sources[courses.Finnish]; !ok {
		l.mistake(finnish, 0, "the file is missing; every part of a course is there in Finnish")
	}
	var there []courses.Language
	for _, language := range courses.Languages() {
		if s, ok := sources[language]; ok && !s.broken {
			there = append(there, language)
		}
	}
	return there
}
