-- Full-text indexes hold no copy of the text; db/search.ts keeps them in step by triggers made at every opening.
CREATE VIRTUAL TABLE `call_words` USING fts5(words, scope, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3');
--> statement-breakpoint
CREATE VIRTUAL TABLE `school_words` USING fts5(words, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2", prefix='2 3');
