package library

import (
	"bytes"
	"net/url"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// render turns a body into sanitised HTML. What would get lost on the way (raw HTML, images, odd links) is a mistake,
// and so is a heading of level 1: that is the page's title.
func (l *loader) render(s source) string {
	markdown := goldmark.New(goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))))
	tree := markdown.Parser().Parse(text.NewReader(s.body))
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock, *ast.RawHTML:
			l.mistake(s.file, s.lineOf(n), "HTML is not taken; write Markdown")
		case *ast.Heading:
			if n.Level == 1 {
				l.mistake(s.file, s.lineOf(n), "headings start at ##: the title is the page's # heading")
			}
		case *ast.Image:
			l.mistake(s.file, s.lineOf(n), "images are not taken: there is no place they could be read from")
		case *ast.Link:
			if u, err := url.Parse(string(n.Destination)); err != nil || u.Scheme != "https" && u.Scheme != "mailto" {
				l.mistake(s.file, s.lineOf(n), "a link must start with https:// or mailto:, not %q", n.Destination)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		l.mistake(s.file, s.bodyAt, "the Markdown can not be read: %v", err)
		return ""
	}
	var html bytes.Buffer
	if err := markdown.Renderer().Render(&html, s.body, tree); err != nil {
		l.mistake(s.file, s.bodyAt, "the Markdown can not be rendered: %v", err)
		return ""
	}
	return policy().Sanitize(html.String())
}

// lineOf finds the line of the file where a node, or the nearest one before it whose place is known, starts.
func (s source) lineOf(n ast.Node) int {
	for ; n != nil; n = before(n) {
		if at := n.Pos(); at >= 0 && at <= len(s.body) {
			return s.bodyAt + bytes.Count(s.body[:at], []byte("\n"))
		}
	}
	return s.bodyAt
}

func before(n ast.Node) ast.Node {
	if p := n.PreviousSibling(); p != nil {
		return p
	}
	return n.Parent()
}

// policy lets through what Markdown makes and nothing else.
func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "em", "code", "pre", "hr", "br",
		"table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.RequireParseableURLs(true)
	p.AllowURLSchemes("https", "mailto")
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
}
