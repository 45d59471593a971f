/* config: files against tables; every problem is told, with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/config.h"

static char folder[64];

static void
write_file(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

static struct config *
load(struct problems *p)
{
	char *path = mem_printf("%s/newsalertd.conf", folder);
	struct config *c;

	problems_init(p);
	c = config_load(path, 0, p);
	free(path);
	return c;
}

static bool
told(const struct problems *p, const char *where, const char *text)
{
	for (size_t i = 0; i < p->n; i++)
		if (strstr(p->list[i].where, where) != NULL &&
		    strstr(p->list[i].text, text) != NULL)
			return true;
	for (size_t i = 0; i < p->n; i++)
		print_message("%s: %s\n", p->list[i].where, p->list[i].text);
	return false;
}

static int
make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/test-config-XXXXXX");
	return mkdtemp(folder) == NULL;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int
remove_folder(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
make_sub(const char *name)
{
	char *path = mem_printf("%s/%s", folder, name);

	assert_int_equal(mkdir(path, 0755), 0);
	free(path);
}

static void
defaults_and_folders_are_read(void **state)
{
	struct problems p;
	struct config *c;

	(void)state;
	make_sub("feeds.d");
	make_sub("rules.d");
	write_file("secret", "hush\n");
	write_file("newsalertd.conf", "contact = \"a@b\";\n"
	    "notifiers = ( { name = \"n\"; plugin = \"file\"; options : {"
	    " path = \"-\"; n = 3; on = true; token_file = \"secret\"; "
	    "to = [ \"a\", \"b\" ]; }; } );\n");
	write_file("feeds.d/10.conf", "feeds = ( { name = \"f\"; "
	    "url = \"https://e.org/\"; tags = \"x\"; } );\n");
	write_file("feeds.d/.10.conf.swp", "not a config");
	write_file("rules.d/a.conf", "rules = ( { name = \"off\"; when = "
	    "\"title:'a'\"; enabled = false; }, { name = \"on\"; when = "
	    "\"title:'b', once per day\"; notify = \"n\"; "
	    "priority = \"high\"; } );\n");
	c = load(&p);
	if (c == NULL)
		assert_true(told(&p, "nothing", "was expected"));
	assert_int_equal(p.n, 0);
	assert_true(c->polling.interval == 15 * 60 * 1000);
	assert_int_equal(c->polling.max_body, 10 << 20);
	assert_true(c->retention == 30LL * 86400 * 1000);
	assert_true(c->system.enabled);
	assert_true(c->system.feed_failing == 86400LL * 1000);
	assert_true(c->system.queue_waiting == 3600LL * 1000);
	assert_int_equal(c->nfeeds, 1);
	assert_int_equal(c->feeds[0].ntags, 1);
	assert_int_equal(c->feeds[0].backlog, BACKLOG_SKIP);
	/* Rules that are off stand behind those of the ruleset. */
	assert_int_equal(c->nrules, 2);
	assert_int_equal(ruleset_count(c->ruleset), 1);
	assert_string_equal(c->rules[0].source.name, "on");
	assert_int_equal(c->rules[0].priority, RULE_HIGH);
	assert_true(c->rules[0].cooldown == 86400 * 1000);
	assert_string_equal(c->rules[0].notify[0], "n");
	assert_int_equal(c->notifiers[0].noptions, 5);
	assert_string_equal(c->notifiers[0].options[1].values[0], "3");
	assert_string_equal(c->notifiers[0].options[2].values[0], "true");
	assert_string_equal(c->notifiers[0].options[3].name, "token");
	assert_true(c->notifiers[0].options[3].is_file);
	assert_string_equal(c->notifiers[0].options[3].values[0], "hush");
	assert_int_equal(c->notifiers[0].options[4].nvalues, 2);
	config_free(c);
	problems_clear(&p);
}

static const struct {
	const char	*line;		/* of the main file; others are good */
	const char	*text;		/* of the problem */
} bad[] = {
	{ "contct = \"a\";", "unknown setting 'contct', did you mean 'contact'?" },
	{ "retention = 30;", "'retention' must be a time with a unit" },
	{ "retention = \"30\";", "needs a number and a unit" },
	{ "polling : { window = 0; };", "'window' must be between 1 and 1024" },
	{ "polling : { interval = \"1s\"; };", "between 1 min and 30 d" },
	{ "polling = 3;", "'polling' must be a group" },
	{ "feeds = { };", "'feeds' must be a list of groups" },
	{ "feeds = ( 3 );", "must be a group in braces" },
	{ "feeds = ( { name = \"x\"; } );", "'url' is missing" },
	{ "feeds = ( { name = \"a b\"; url = \"http://e/\"; } );",
	  "letters, digits" },
	{ "feeds = ( { name = \"a\"; url = \"ftp://e/\"; } );",
	  "not an http or https URL" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; backlog = \"alrt\"; } );",
	  "did you mean \"alert\"?" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; headers = [ \"x\" ]; } );",
	  "not of the form" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; "
	  "headers = [ \"a b: c\" ]; } );", "not of the form" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; "
	  "headers = [ \"user-agent: Mozilla/5.0\" ]; } );",
	  "user-agent is newsalertd's own" },
	{ "contact = \"a@b\\nX-Evil: 1\";", "'contact' must be one line" },
	{ "network : { proxy = \"http://p/\\r\"; };", "network.proxy must" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; password_file = \"no\"; } );",
	  "secret for 'password_file'" },
	{ "feeds = ( { name = \"a\"; url = \"http://e/\"; }, "
	  "{ name = \"a\"; url = \"http://f/\"; } );", "a second feed" },
	{ "notifiers = ( { name = \"n\"; plugin = \"file\"; options = 3; } );",
	  "'options' must be a group" },
	{ "rules = ( { name = \"r\"; when = \"title:'x'\"; } );",
	  "notifies nobody" },
	{ "notifiers = ( { name = \"desk\"; plugin = \"file\"; } ); "
	  "rules = ( { name = \"r\"; when = \"title:'x'\"; "
	  "notify = \"dsk\"; } );", "did you mean 'desk'?" },
	{ "network : { allow = [ \"10.0.0.0/33\" ]; };", "network.allow" },
	{ "x = ;", "syntax error" },
};

static void
every_mistake_is_told_at_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct problems p;
		char *text = mem_printf("\n\n%s\n", bad[i].line);

		write_file("newsalertd.conf", text);
		free(text);
		assert_null(load(&p));
		assert_true(told(&p, strncmp(bad[i].text, "network", 7) == 0 ||
		    strncmp(bad[i].text, "'contact'", 9) == 0 ?
		    "newsalertd.conf" : "newsalertd.conf:3", bad[i].text));
		problems_clear(&p);
	}
}

/* A login in the URL of a feed, and what becomes of the three. */
static void
a_login_in_a_url_is_taken_out_of_it(void **state)
{
	static const struct {
		const char *settings, *url, *user, *password;
	} cases[] = {
		{ "url = \"https://me:se%40cret@e.org:81/f?a=b@c\";",
		  "https://e.org:81/f?a=b@c", "me", "se@cret" },
		{ "url = \"http://me@e.org\";", "http://e.org", "me", "" },
		{ "url = \"http://me@e.org/\"; password = \"x\";",
		  "http://e.org/", "me", "x" },
		{ "url = \"http://me:a@e.org/\"; user = \"you\"; "
		  "password = \"x\";", "http://e.org/", "you", "x" },
		{ "url = \"http://:a:b@[::1]:8/\";", "http://[::1]:8/", "",
		  "a:b" },
		{ "url = \"http://%zz%00%4:1%@e.org/\";", "http://e.org/",
		  "%zz%00%4", "1%" },
		{ "url = \"http://e.org/@x:y@\";", "http://e.org/@x:y@", "",
		  "" },
		{ "url = \"http://a@b@e.org/\";", "http://a@b@e.org/", "",
		  "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = mem_printf("contact = \"a@b\"; feeds = ( { "
		    "name = \"f\"; %s } );\n", cases[i].settings);
		struct problems p;
		struct config *c;

		write_file("newsalertd.conf", text);
		free(text);
		c = load(&p);
		assert_non_null(c);
		assert_string_equal(c->feeds[0].url, cases[i].url);
		assert_string_equal(c->feeds[0].user, cases[i].user);
		assert_string_equal(c->feeds[0].password, cases[i].password);
		problems_clear(&p);
		config_free(c);
	}
}

static void
a_missing_file_is_told(void **state)
{
	struct problems p;

	(void)state;
	assert_null(load(&p));
	assert_true(told(&p, "newsalertd.conf", "cannot read it"));
	problems_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(defaults_and_folders_are_read,
		    make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(
		    every_mistake_is_told_at_its_line, make_folder,
		    remove_folder),
		cmocka_unit_test_setup_teardown(
		    a_login_in_a_url_is_taken_out_of_it, make_folder,
		    remove_folder),
		cmocka_unit_test_setup_teardown(a_missing_file_is_told,
		    make_folder, remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
