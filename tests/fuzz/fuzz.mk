# Fuzzing with clang's libFuzzer. A target is tests/fuzz/fuzz_NAME.c, its seeds
# are in tests/fuzz/corpus/NAME; what is found goes to BUILD-fuzz/NAME.
TIME     ?= 60
FUZZ      = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
ifdef FUZZING
CPPFLAGS := $(filter-out -D_FORTIFY_SOURCE=2,$(CPPFLAGS))
CFLAGS   += -fsanitize=fuzzer-no-link,address,undefined \
	    -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

$(BUILD)/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(call archives,$(TEST_USE))
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $< \
	    -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(call libs,$(TEST_USE))

# Not the whole archive: it has a main of its own.
$(BUILD)/fuzz_decode: $(addprefix $(BUILD)/obj/,tests/fuzz/fuzz_decode.o \
    src/fetch/decode.o src/fetch/codec.o) $(call archives,base)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(call libs,fetch base)

fuzz:
	@$(MAKE) --no-print-directory -s -j$$(nproc) CC=clang FUZZING=1 BUILD=$(BUILD)-fuzz \
	    $(FUZZ:%=$(BUILD)-fuzz/fuzz_%)
	@tests/fuzz/run $(BUILD)-fuzz $(TIME) $(FUZZ)

## make fuzz-corpus  keep what fuzzing reached beyond the seeds of the project
fuzz-corpus:
	@for t in $(FUZZ); do $(BUILD)-fuzz/fuzz_$$t -merge=1 -max_len=4096 \
	    tests/fuzz/corpus/$$t $(BUILD)-fuzz/$$t 2>&1 | tail -1; done
.PHONY: fuzz fuzz-corpus
