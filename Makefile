# newsalertd. "make run" shows it working, "make test" runs every test;
# both install what they miss. "make help" lists the rest.

VERSION   = 0.1.0
BUILD    ?= build
prefix   ?= /usr
libexec   = $(prefix)/libexec/newsalertd
plugindir = $(prefix)/lib/newsalertd/notifiers
mandir    = $(prefix)/share/man
completiondir = $(prefix)/share/bash-completion/completions
sysconf   = /etc/newsalertd
unitdir   = /lib/systemd/system

# V=1 shows whole commands.
Q         = $(if $(V),,@)
say       = @$(if $(V),:,printf '  %-3s %s\n' '$(1)' '$(2)')

CC       ?= cc
PKG       = $(shell pkg-config --$(1) $(2) 2>/dev/null)
HAS       = $(shell pkg-config --exists $(1) && echo $(2))
WARN      = -Wall -Wextra -Werror -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
	    -Wformat=2 -Wundef -Wwrite-strings -Wvla
OPT      ?= -O2 -g
CPPFLAGS += -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -Isrc -Iinclude -I$(BUILD) $(DEFS)
CFLAGS   += -std=c17 $(OPT) $(WARN) -fstack-protector-strong -fPIC -fvisibility=hidden -MMD -MP
LDFLAGS  += -Wl,-z,relro,-z,now
HAVE     := $(call HAS,libbrotlidec,-DHAVE_BROTLI) $(call HAS,libzstd,-DHAVE_ZSTD)
CPPFLAGS += $(HAVE)
ifdef SANITIZE
CPPFLAGS := $(filter-out -D_FORTIFY_SOURCE=2,$(CPPFLAGS))
CFLAGS   += -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=address,undefined
endif

# Folders are layers; a program links the archives of the rooms it may use.
FOLDERS   = base article text feed rule store config poll delivery control \
	    daemon fetch parse notify ctl
archive   = $(BUILD)/lib/$(1).a
archives  = $(foreach f,$(1),$(call archive,$(f)))

USE_newsalertd        = daemon control delivery poll config rule text store article base
USE_newsalertd-fetch  = fetch poll article base
USE_newsalertd-parse  = parse feed poll article base
USE_newsalertd-notify = notify delivery article base
USE_newsalertctl      = ctl control config rule text article base
PROGRAMS  = newsalertd newsalertd-fetch newsalertd-parse newsalertd-notify newsalertctl

LIB_base   := $(call PKG,libs,nettle)
LIB_text   := $(call PKG,libs,libutf8proc) -lm
LIB_feed   := $(call PKG,libs,expat jansson)
LIB_rule   := $(call PKG,libs,libpcre2-8) -lm
LIB_store  := $(call PKG,libs,sqlite3)
LIB_config := $(call PKG,libs,libconfig)
LIB_control:= $(call PKG,libs,jansson)
LIB_daemon := $(call PKG,libs,libsystemd) -lev -lpthread
LIB_fetch  := $(call PKG,libs,libcurl libseccomp zlib) -lev \
	      $(call HAS,libbrotlidec,-lbrotlidec) $(call HAS,libzstd,-lzstd)
LIB_parse  := $(call PKG,libs,libseccomp)
LIB_notify := $(call PKG,libs,jansson) -ldl
LIB_ctl    := $(call PKG,libs,jansson)
libs      = $(foreach f,$(1),$(LIB_$(f)))

PLUGINS   = $(patsubst plugins/%/,%,$(wildcard plugins/*/))
LIB_email  := $(call PKG,libs,libcurl)
LIB_webhook:= $(call PKG,libs,libcurl jansson nettle libutf8proc)

DEPS      = gcc make pkg-config libc6-dev libev-dev libcurl4-openssl-dev libconfig-dev \
	    libexpat1-dev libsqlite3-dev libjansson-dev libutf8proc-dev libpcre2-dev \
	    libsystemd-dev libseccomp-dev nettle-dev zlib1g-dev libbrotli-dev libzstd-dev \
	    ca-certificates python3
TEST_DEPS = libcmocka-dev python3-aiosmtpd rsyslog openssl clang valgrind mandoc \
	    universal-ctags systemd systemd-container procps dpkg-dev lintian \
	    libfaketime python3-fusepy e2fsprogs

UNIT      = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

comma     = ,
space     = $() $()

all: symbols
symbols: $(addprefix $(BUILD)/,$(PROGRAMS)) $(PLUGINS:%=$(BUILD)/notifiers/%.so)
	@tests/symbols $(BUILD) $(foreach p,$(PROGRAMS),$(p)=$(subst $(space),$(comma),$(USE_$(p))))

$(BUILD)/build.h: Makefile
	@mkdir -p $(@D)
	@printf '#define BUILD_VERSION "%s"\n#define BUILD_LIBEXEC "%s"\n#define BUILD_PLUGINS "%s"\n#define BUILD_SYSCONF "%s"\n' \
	    '$(VERSION)' '$(libexec)' '$(plugindir)' '$(sysconf)' > $@

$(BUILD)/obj/%.o: %.c | $(BUILD)/build.h
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

define FOLDER
$(call archive,$(1)): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c))
	@mkdir -p $$(@D)
	@rm -f $$@
	@$(AR) rcs $$@ $$(filter %.o,$$^)
endef
$(foreach f,$(FOLDERS),$(eval $(call FOLDER,$(f))))

define PROGRAM
$(BUILD)/$(1): $(call archives,$(USE_$(1)))
	$(call say,LD,$$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $$@ -Wl,--whole-archive $(call archive,$(firstword $(USE_$(1)))) \
	    -Wl,--no-whole-archive -Wl,--start-group $$(filter-out %/$(firstword $(USE_$(1))).a,$$(filter %.a,$$^)) -Wl,--end-group \
	    $(call libs,$(USE_$(1)))
endef
$(foreach p,$(PROGRAMS),$(eval $(call PROGRAM,$(p))))

define PLUGIN
$(BUILD)/notifiers/$(1).so: $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard plugins/$(1)/*.c))
	@mkdir -p $$(@D)
	$(call say,LD,$$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $$@ $$^ $(LIB_$(1))
endef
$(foreach p,$(PLUGINS),$(eval $(call PLUGIN,$(p))))

# What plugins are made of, but for the files that make them plugins.
$(call archive,plugins): $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out \
	    $(foreach p,$(PLUGINS),plugins/$(p)/$(p).c),$(wildcard plugins/*/*.c)))
	@mkdir -p $(@D)
	@rm -f $@
	@$(AR) rcs $@ $^
LIB_plugins = $(LIB_webhook)

# A unit test links every library; the main()s stay out.
TEST_USE  = plugins notify control delivery poll config rule text feed store article base
$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(call archives,$(TEST_USE))
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
	    $(call libs,$(TEST_USE)) -lcmocka

help:
	@sed -n 's/^## //p' Makefile tests/fuzz/fuzz.mk

## make run        see it working on an example feed (ONCE=1: one round, then exit)
run: deps
	@$(MAKE) --no-print-directory -s -j$$(nproc) all
	@etc/newsalertd/example/run $(BUILD) $(if $(ONCE),--once)

## make test       every test; installs what it needs
test: deps test-deps
	@tests/run $(BUILD)

## make deps       install what the build needs (Debian packages)
deps:
	@tests/install "to build" $(DEPS)
## make test-deps  install what the tests need
test-deps:
	@tests/install "to test" $(TEST_DEPS)

# A benchmark prints rows of bench.tsv; Vectorscan is a yardstick only.
BENCH     = $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/bench_*.c))
$(BUILD)/obj/tests/bench/%.o: CPPFLAGS += -I. $(if $(call PKG,libs,libhs),-DHAVE_HS)
$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call archives,$(TEST_USE))
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
	    $(call libs,$(TEST_USE)) $(call PKG,libs,libhs)

## make bench      speed beside a yardstick, into build/bench.tsv
BENCH_DATA = $(BUILD)/bench-data
$(BENCH_DATA)/rules.txt: tests/bench/corpus.py $(wildcard etc/newsalertd/vocabulary.d/*.conf)
	$(call say,GEN,$(@D))
	$(Q)tests/bench/corpus.py $(@D) ../shared/corpora etc/newsalertd/vocabulary.d
$(BUILD)/bench/curl_multi: $(BUILD)/obj/tests/bench/curl_multi.o
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(call PKG,libs,libcurl)
bench: deps
	@tests/install "to compare with" libvectorscan-dev
	@$(MAKE) --no-print-directory bench-run
bench-run: all $(BENCH:%=$(BUILD)/bench/%) $(BUILD)/bench/curl_multi $(BENCH_DATA)/rules.txt
	@tests/bench/run $(BUILD)

## make unit       the unit tests alone
unit: $(UNIT:%=$(BUILD)/unit/%)
	@tests/unit/run $(BUILD)/unit

## make gold       event phrases over the labelled articles of ../shared/gold
$(BUILD)/gold/%: $(BUILD)/obj/tests/gold/%.o $(call archives,$(USE_newsalertctl))
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter-out %/ctl.a,$(filter %.a,$^)) -Wl,--end-group \
	    $(call libs,$(USE_newsalertctl))
gold: $(BUILD)/gold/events
	@tests/gold/run $< etc/newsalertd/vocabulary.d

## make integration  the integration tests alone
integration: all
	@tests/integration/run $(BUILD)

## make sanitize   all tests once more under ASan and UBSan
sanitize:
	@$(MAKE) --no-print-directory -s -j$$(nproc) SANITIZE=1 BUILD=$(BUILD)-sanitize all unit
	@SANITIZE=1 tests/integration/run $(BUILD)-sanitize

## make valgrind   the unit tests under valgrind
valgrind: $(UNIT:%=$(BUILD)/unit/%)
	@RUN="valgrind -q --error-exitcode=99 --leak-check=full --suppressions=tests/valgrind.supp" tests/unit/run $(BUILD)/unit

## make faults     every write and sync of the store, every allocation of all programs fails in turn
faults: all $(BUILD)/unit/test_store_faults
	FAULTS=all $(BUILD)/unit/test_store_faults
	@tests/integration/memory.py $(BUILD)

## make torture N=200  kill it again and again; nothing may be lost
N        ?= 200
torture:
	@$(MAKE) --no-print-directory -s -j$$(nproc) BUILD=$(BUILD)-torture DEFS=-DCRASH_POINTS all
	@tests/integration/torture.py $(BUILD)-torture $(N) $(SEED)

## make fuzz TIME=60  each fuzz target for so many seconds
include tests/fuzz/fuzz.mk

## make lint       functions, files, man pages, unit file
lint: layers
	@tests/lint

## make layers     who may include what
layers:
	@tests/layers

## make install    into DESTDIR, prefix /usr
install: all
	install -d $(addprefix $(DESTDIR),$(prefix)/sbin $(prefix)/bin $(libexec) $(plugindir) $(unitdir) \
	    $(prefix)/include/newsalertd $(prefix)/lib/pkgconfig $(sysconf)/rules.d $(sysconf)/feeds.d \
	    $(sysconf)/vocabulary.d $(prefix)/lib/systemd/catalog \
	    $(completiondir) $(foreach n,1 5 7 8,$(mandir)/man$(n)))
	install -m 755 $(BUILD)/newsalertd $(DESTDIR)$(prefix)/sbin/
	install -m 755 $(BUILD)/newsalertctl $(DESTDIR)$(prefix)/bin/
	install -m 755 $(addprefix $(BUILD)/newsalertd-,fetch parse notify) $(DESTDIR)$(libexec)/
	install -m 644 $(PLUGINS:%=$(BUILD)/notifiers/%.so) $(DESTDIR)$(plugindir)/
	install -m 644 plugins/syslog/newsalertd.catalog $(DESTDIR)$(prefix)/lib/systemd/catalog/
	install -m 644 src/ctl/newsalertctl.bash $(DESTDIR)$(completiondir)/newsalertctl
	install -m 644 include/newsalertd/notifier.h $(DESTDIR)$(prefix)/include/newsalertd/
	sed 's|@prefix@|$(prefix)|g; s|@plugindir@|$(plugindir)|g; s|@version@|$(VERSION)|g' \
	    plugins/newsalertd.pc.in > $(DESTDIR)$(prefix)/lib/pkgconfig/newsalertd.pc
	sed 's|/usr/sbin/|$(prefix)/sbin/|; s|/usr/bin/|$(prefix)/bin/|' systemd/newsalertd.service \
	    > $(DESTDIR)$(unitdir)/newsalertd.service
	test -e $(DESTDIR)$(sysconf)/newsalertd.conf || \
	    install -m 644 etc/newsalertd/newsalertd.conf $(DESTDIR)$(sysconf)/
	for d in rules.d feeds.d vocabulary.d; do for f in etc/newsalertd/$$d/*.conf; do \
	    test ! -e $$f || install -m 644 $$f $(DESTDIR)$(sysconf)/$$d/; done; done
	for f in src/*/*.[1-8] plugins/*/*.[1-8]; do test ! -e $$f || \
	    install -m 644 $$f $(DESTDIR)$(mandir)/man$${f##*.}/; done

## make uninstall  what install laid out; the configuration and the state stay
uninstall:
	rm -f $(addprefix $(DESTDIR),$(prefix)/sbin/newsalertd $(prefix)/bin/newsalertctl $(completiondir)/newsalertctl \
	    $(unitdir)/newsalertd.service $(prefix)/lib/systemd/catalog/newsalertd.catalog $(prefix)/lib/pkgconfig/newsalertd.pc)
	rm -rf $(addprefix $(DESTDIR),$(libexec) $(prefix)/lib/newsalertd $(prefix)/include/newsalertd)
	for f in src/*/*.[1-8] plugins/*/*.[1-8]; do rm -f $(DESTDIR)$(mandir)/man$${f##*.}/$${f##*/}; done

## make deb        a Debian package in build/
.PHONY: uninstall deb dist
DEB       = $(BUILD)/newsalertd_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null).deb
deb: all
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory -s install DESTDIR=$(BUILD)/deb prefix=/usr
	@systemd/debian/build $(BUILD)/deb $(VERSION) $(DEB)
	@echo $(DEB)

## make dist       the source of the last commit, as a tar archive in build/
dist:
	@mkdir -p $(BUILD)
	@git archive --prefix=newsalertd-$(VERSION)/ HEAD | xz > $(BUILD)/newsalertd-$(VERSION).tar.xz
	@echo $(BUILD)/newsalertd-$(VERSION).tar.xz

clean:
	rm -rf build build-*

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
.SECONDARY:
.PHONY: all symbols help run test deps test-deps bench bench-run gold unit faults integration sanitize valgrind torture lint layers install clean
