package journal

// HashOf lets tests damage a segment so that only its content is wrong.
var HashOf = hashOf
