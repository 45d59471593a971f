# newsalertd. "make run" shows it working, "make test" runs every test;
# both install what they miss. "make help" lists the rest.

VERSION   = 0.1.0
BUILD    ?= build
prefix   ?= /usr
libexec   = $(prefix)/libexec/newsalertd
plugindir = $(prefix)/lib/newsalertd/notifiers
mandir    = $(prefix)/share/man
sysconf   = /etc/newsalertd
unitdir   = /lib/systemd/system

CC       ?= cc
PKG       = $(shell pkg-config --$(1) $(2) 2>/dev/null)
WARN      = -Wall -Wextra -Werror -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
	    -Wformat=2 -Wundef -Wwrite-strings -Wvla
OPT      ?= -O2 -g
CPPFLAGS += -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -Isrc -Iinclude -I$(BUILD) $(DEFS)
CFLAGS   += -std=c17 $(OPT) $(WARN) -fstack-protector-strong -fPIC -fvisibility=hidden -MMD -MP
LDFLAGS  += -Wl,-z,relro,-z,now
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

LIB_base    = $(call PKG,libs,nettle)
LIB_text    = $(call PKG,libs,libutf8proc) -lm
LIB_feed    = $(call PKG,libs,expat jansson)
LIB_rule    = $(call PKG,libs,libpcre2-8) -lm
LIB_store   = $(call PKG,libs,sqlite3)
LIB_config  = $(call PKG,libs,libconfig)
LIB_control = $(call PKG,libs,jansson)
LIB_daemon  = $(call PKG,libs,libsystemd) -lev -lpthread
LIB_fetch   = $(call PKG,libs,libcurl libseccomp) -lev
LIB_parse   = $(call PKG,libs,libseccomp)
LIB_notify  = $(call PKG,libs,jansson) -ldl
LIB_ctl     = $(call PKG,libs,jansson)
libs      = $(foreach f,$(1),$(LIB_$(f)))

PLUGINS   = $(patsubst plugins/%/,%,$(wildcard plugins/*/))
LIB_email   = $(call PKG,libs,libcurl nettle)
LIB_webhook = $(call PKG,libs,libcurl jansson nettle)
LIB_exec    = $(call PKG,libs,jansson)
LIB_syslog  = $(call PKG,libs,libsystemd)

UNIT      = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))

all: $(addprefix $(BUILD)/,$(PROGRAMS)) $(PLUGINS:%=$(BUILD)/notifiers/%.so)

$(BUILD)/build.h: Makefile
	@mkdir -p $(@D)
	@printf '#define BUILD_VERSION "%s"\n#define BUILD_LIBEXEC "%s"\n#define BUILD_PLUGINS "%s"\n#define BUILD_SYSCONF "%s"\n' \
	    '$(VERSION)' '$(libexec)' '$(plugindir)' '$(sysconf)' > $@

$(BUILD)/obj/%.o: %.c | $(BUILD)/build.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

define FOLDER
$(call archive,$(1)): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c))
	@mkdir -p $$(@D)
	@rm -f $$@
	@$(AR) rcs $$@ $$(filter %.o,$$^)
endef
$(foreach f,$(FOLDERS),$(eval $(call FOLDER,$(f))))

define PROGRAM
$(BUILD)/$(1): $(call archives,$(USE_$(1)))
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $$@ -Wl,--whole-archive $(call archive,$(firstword $(USE_$(1)))) \
	    -Wl,--no-whole-archive -Wl,--start-group $$(filter-out %/$(firstword $(USE_$(1))).a,$$(filter %.a,$$^)) -Wl,--end-group \
	    $(call libs,$(USE_$(1)))
endef
$(foreach p,$(PROGRAMS),$(eval $(call PROGRAM,$(p))))

define PLUGIN
$(BUILD)/notifiers/$(1).so: $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard plugins/$(1)/*.c))
	@mkdir -p $$(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $$@ $$^ $(LIB_$(1))
endef
$(foreach p,$(PLUGINS),$(eval $(call PLUGIN,$(p))))

# A unit test links every library; the main()s stay out.
TEST_USE  = control delivery poll config rule text feed store article base
$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(call archives,$(TEST_USE))
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group \
	    $(call libs,$(TEST_USE)) -lcmocka

unit: $(UNIT:%=$(BUILD)/unit/%)
	@tests/unit/run $(BUILD)/unit

layers:
	@tests/layers

clean:
	rm -rf build build-*

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
.SECONDARY:
.PHONY: all unit layers clean
