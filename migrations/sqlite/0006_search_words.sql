-- Every word that search knows, in the order of its bytes (https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module): what
-- a beginning stands for. A row for each place, because those are read as they are asked for; counted rows would be counted first.
CREATE VIRTUAL TABLE article_words USING fts5vocab (article_search, instance);
