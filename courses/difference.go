package courses

import (
	"html"
	"slices"
	"strings"

	node "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// BlockState says what became of a block of a text.
type BlockState string

// The states of a block.
const (
	BlockSame    BlockState = "same" // only told where it stands beside one that is not
	BlockAdded   BlockState = "added"
	BlockRemoved BlockState = "removed"
	BlockChanged BlockState = "changed" // its HTML marks the words with ins and del
	BlockGap     BlockState = "gap"     // stands for all that is the same and is left out
)

// BlockKind says what a block is in its text.
type BlockKind string

// The kinds of blocks.
const (
	ParagraphBlock BlockKind = "paragraph"
	HeadingBlock   BlockKind = "heading"
	ItemBlock      BlockKind = "item" // of a list
	RowBlock       BlockKind = "row"  // of a table, its cells one after the other
	QuoteBlock     BlockKind = "quote"
	CodeBlock      BlockKind = "code"
)

// Block is a part of the difference between two texts. HTML holds nothing but what its sanitised text held, and ins and del.
type Block struct {
	State BlockState
	Kind  BlockKind
	HTML  string
}

// textBlock is a paragraph, a list item, a table row or a heading of a text. words is what it says, without markup.
type textBlock struct {
	kind  BlockKind
	html  string
	words []string
}

func (b textBlock) same(other textBlock) bool { return b.kind == other.kind && b.html == other.html }

// differenceOf tells what became of a text, block by block, with one block of what is the same on each side.
func differenceOf(then, now ActivityFace) []Block {
	before, after := blocksOf(then), blocksOf(now)
	var all []Block
	var removed, added []textBlock
	settle := func() {
		all = append(all, settled(removed, added)...)
		removed, added = nil, nil
	}
	for _, e := range align(before, after, textBlock.same) {
		switch {
		case e.before >= 0 && e.after >= 0:
			settle()
			all = append(all, Block{State: BlockSame, Kind: after[e.after].kind, HTML: after[e.after].html})
		case e.before >= 0:
			removed = append(removed, before[e.before])
		default:
			added = append(added, after[e.after])
		}
	}
	settle()
	return inContext(all)
}

// inContext leaves out what is the same, but for its neighbours.
func inContext(all []Block) []Block {
	isSame := func(i int) bool { return i < 0 || i >= len(all) || all[i].State == BlockSame }
	var kept []Block
	for i, b := range all {
		if isSame(i) && isSame(i-1) && isSame(i+1) {
			if len(kept) > 0 && kept[len(kept)-1].State == BlockGap {
				continue
			}
			b = Block{State: BlockGap}
		}
		kept = append(kept, b)
	}
	return kept
}

// settled pairs what was removed with what came in its place, when it is much the same; what is not stays removed and added.
func settled(removed, added []textBlock) []Block {
	var all []Block
	next := 0
	for _, old := range removed {
		match := slices.IndexFunc(added[next:], func(b textBlock) bool { return b.kind == old.kind && alike(old.words, b.words) })
		if match < 0 {
			all = append(all, Block{State: BlockRemoved, Kind: old.kind, HTML: old.html})
			continue
		}
		for _, b := range added[next : next+match] {
			all = append(all, Block{State: BlockAdded, Kind: b.kind, HTML: b.html})
		}
		b := added[next+match]
		all = append(all, Block{State: BlockChanged, Kind: b.kind, HTML: markedWords(old.words, b.words)})
		next += match + 1
	}
	for _, b := range added[next:] {
		all = append(all, Block{State: BlockAdded, Kind: b.kind, HTML: b.html})
	}
	return all
}

func sameWord(a, b string) bool { return a == b }

// alike reports whether at least half of the words of the longer text are those of the other, in their order. Texts of the
// same words differ only in their markup, which marking words would not show.
func alike(a, b []string) bool {
	if slices.Equal(a, b) {
		return false
	}
	common := 0
	for _, e := range align(a, b, sameWord) {
		if e.before >= 0 && e.after >= 0 {
			common++
		}
	}
	return 2*common >= max(len(a), len(b))
}

// markedWords writes both texts in one: what went in del, what came in ins.
func markedWords(before, after []string) string {
	var out strings.Builder
	open := ""
	mark := func(tag, word string) {
		if open != tag && open != "" {
			out.WriteString("</" + open + ">")
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		if open != tag && tag != "" {
			out.WriteString("<" + tag + ">")
		}
		out.WriteString(html.EscapeString(word))
		open = tag
	}
	for _, e := range align(before, after, sameWord) {
		switch {
		case e.before >= 0 && e.after >= 0:
			mark("", after[e.after])
		case e.before >= 0:
			mark("del", before[e.before])
		default:
			mark("ins", after[e.after])
		}
	}
	if open != "" {
		out.WriteString("</" + open + ">")
	}
	return out.String()
}

// edit is one step from one list to another: places in both, or -1 in the one that has no such entry.
type edit struct{ before, after int }

// mostPairs bounds the table of align: 2,000 words against 2,000. Longer lists that differ count as altogether different.
const mostPairs = 4_000_000

// align finds the longest common subsequence of two lists and tells the way from one to the other, in order; where something went
// and something came, what went is told first.
func align[T any](before, after []T, same func(a, b T) bool) []edit {
	var edits, tail []edit
	from, b, a := 0, len(before), len(after)
	for from < b && from < a && same(before[from], after[from]) {
		edits = append(edits, edit{from, from})
		from++
	}
	for b > from && a > from && same(before[b-1], after[a-1]) {
		b, a = b-1, a-1
		tail = append(tail, edit{b, a})
	}
	slices.Reverse(tail)
	rows, columns := b-from, a-from
	// lengths[i][j] is the length of the longest one of before[from+i:b] and after[from+j:a].
	lengths := make([][]int32, rows+1)
	if rows*columns <= mostPairs {
		for i := range lengths {
			lengths[i] = make([]int32, columns+1)
		}
		for i := rows - 1; i >= 0; i-- {
			for j := columns - 1; j >= 0; j-- {
				if same(before[from+i], after[from+j]) {
					lengths[i][j] = lengths[i+1][j+1] + 1
				} else {
					lengths[i][j] = max(lengths[i+1][j], lengths[i][j+1])
				}
			}
		}
	}
	for i, j := 0, 0; i < rows || j < columns; {
		switch {
		case i < rows && j < columns && lengths[i] != nil && same(before[from+i], after[from+j]):
			edits = append(edits, edit{from + i, from + j})
			i, j = i+1, j+1
		case i < rows && (j == columns || lengths[i] == nil || lengths[i+1][j] >= lengths[i][j+1]):
			edits = append(edits, edit{from + i, -1})
			i++
		default:
			edits = append(edits, edit{-1, from + j})
			j++
		}
	}
	return append(edits, tail...)
}

// blocksOf takes an activity's text apart. The title is its first heading.
func blocksOf(face ActivityFace) []textBlock {
	blocks := []textBlock{{kind: HeadingBlock, html: html.EscapeString(face.Title), words: strings.Fields(face.Title)}}
	body := &node.Node{Type: node.ElementNode, Data: "body", DataAtom: atom.Body}
	parts, err := node.ParseFragment(strings.NewReader(face.HTML), body)
	if err != nil { // a reader of a string does not fail, and any text parses
		return blocks
	}
	for _, part := range parts {
		body.AppendChild(part)
	}
	return appendBlocks(blocks, body, ParagraphBlock)
}

func appendBlocks(blocks []textBlock, parent *node.Node, kind BlockKind) []textBlock {
	var inline []*node.Node
	flush := func() {
		blocks = appendInline(blocks, inline, kind)
		inline = nil
	}
	for child := parent.FirstChild; child != nil; child = child.NextSibling {
		inside := kind
		switch child.DataAtom {
		case atom.P, atom.Ul, atom.Ol, atom.Table, atom.Thead, atom.Tbody:
		case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			inside = HeadingBlock
		case atom.Li:
			inside = ItemBlock
		case atom.Blockquote:
			inside = QuoteBlock
		case atom.Pre:
			inside = CodeBlock
		case atom.Tr:
			flush()
			blocks = appendRow(blocks, child)
			continue
		case atom.Hr:
			flush()
			continue
		default:
			inline = append(inline, child)
			continue
		}
		flush()
		blocks = appendBlocks(blocks, child, inside)
	}
	flush()
	return blocks
}

func appendRow(blocks []textBlock, row *node.Node) []textBlock {
	var cells []*node.Node
	for cell := row.FirstChild; cell != nil; cell = cell.NextSibling {
		if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
			continue
		}
		if len(cells) > 0 {
			cells = append(cells, &node.Node{Type: node.TextNode, Data: " · "})
		}
		for child := cell.FirstChild; child != nil; child = child.NextSibling {
			cells = append(cells, child)
		}
	}
	return appendInline(blocks, cells, RowBlock)
}

func appendInline(blocks []textBlock, parts []*node.Node, kind BlockKind) []textBlock {
	var out, words strings.Builder
	for _, part := range parts {
		if err := node.Render(&out, part); err != nil { // a builder takes everything, and what was parsed can be written
			return blocks
		}
		for n := range part.Descendants() {
			if n.Type == node.TextNode {
				words.WriteString(n.Data)
			}
		}
		if part.Type == node.TextNode {
			words.WriteString(part.Data)
		}
		if part.DataAtom == atom.Br {
			words.WriteByte(' ')
		}
	}
	said := strings.Fields(words.String())
	if len(said) == 0 {
		return blocks
	}
	return append(blocks, textBlock{kind: kind, html: strings.TrimSpace(out.String()), words: said})
}
