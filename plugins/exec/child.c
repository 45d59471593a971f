#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MARGIN_MS	500	/* to report before newsalertd loses patience */
#define GRACE_MS	300	/* between SIGTERM and SIGKILL */

/* Between fork and exec: only what is safe there. */
static void __attribute__((noreturn))
become(const char *directory, char *const *argv, char *const *env, int input)
{
	struct rlimit r;
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* The limit on our memory is not meant for the program. */
	if (getrlimit(RLIMIT_DATA, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_DATA, &r);
	}
	/* What it prints is no alert: it goes to the log. */
	if (dup2(input, STDIN_FILENO) < 0 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		_exit(126);
	/* Whatever else is open here is none of its business. */
	close_range(3, ~0u, 0);
	if (chdir(directory) < 0)
		_exit(126);
	execve(argv[0], argv, env);
	_exit(errno == ENOENT ? 127 : 126);
}

/* Feed the program, as far as it reads: it need not. */
static void
feed(struct notifier_host *host, int fd, const char *input, size_t len,
    int death)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLOUT },
		{ .fd = death, .events = POLLIN },
	};
	ssize_t n;

	while (len > 0 && host->time_left(host) > MARGIN_MS) {
		if (poll(p, 2, (int)(host->time_left(host) - MARGIN_MS)) < 0 &&
		    errno != EINTR)
			return;
		if (p[1].revents != 0)
			return;
		n = write(fd, input, len);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return;
		if (n > 0) {
			input += n;
			len -= (size_t)n;
		}
	}
}

/* Did it end within so many milliseconds? */
static bool
ended(int death, int64_t ms)
{
	struct pollfd p = { .fd = death, .events = POLLIN };

	return poll(&p, 1, ms > 0 ? (int)ms : 0) > 0;
}

/* The wait status of a program that ended or was made to. */
static int
finish(struct notifier_host *host, pid_t pid, int death, bool *late)
{
	int status = 0;

	*late = !ended(death, host->time_left(host) - MARGIN_MS);
	if (*late) {
		kill(-pid, SIGTERM);
		if (!ended(death, GRACE_MS))
			kill(-pid, SIGKILL);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	/* What it left behind in its group. */
	kill(-pid, SIGKILL);
	return status;
}

static char **
arguments(struct notifier_host *host)
{
	size_t n = host->count(host, "command");
	char **argv = calloc(n + 1, sizeof(*argv));

	for (size_t i = 0; argv != NULL && i < n; i++)
		argv[i] = (char *)(uintptr_t)host->text(host, "command", i);
	return argv;
}

static int
report(struct notifier_host *host, int status, bool late)
{
	const char *program = host->text(host, "command", 0);

	if (late)
		host->error(host, "%s took too long and was stopped", program);
	else if (WIFSIGNALED(status))
		host->error(host, "%s was killed by signal %d (%s)", program,
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		return WEXITSTATUS(status);
	return -1;
}

static int
run(struct notifier_host *host, char **argv, char **env, const char *input,
    size_t len)
{
	const char *directory = host->text(host, "directory", 0);
	int pipes[2], death, status;
	bool late;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC) < 0) {
		host->error(host, "cannot make a pipe: %s", strerror(errno));
		return -1;
	}
	if ((pid = fork()) == 0)
		become(directory, argv, env, pipes[0]);
	close(pipes[0]);
	if (pid < 0 ||
	    (death = (int)syscall(SYS_pidfd_open, pid, 0)) < 0) {
		host->error(host, "cannot start %s: %s", argv[0],
		    strerror(errno));
		close(pipes[1]);
		if (pid > 0) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
		}
		return -1;
	}
	/* The child does the same: whoever comes first. */
	setpgid(pid, pid);
	fcntl(pipes[1], F_SETFL, O_NONBLOCK);
	feed(host, pipes[1], input, len, death);
	close(pipes[1]);
	status = finish(host, pid, death, &late);
	close(death);
	return report(host, status, late);
}

int
child_run(struct notifier_host *host,
    const struct notifier_alert *const *alerts, size_t n, const char *input,
    size_t len)
{
	char **argv = arguments(host);
	char **env = child_environment(host, alerts[0], n);
	int r = -1;

	if (argv != NULL && env != NULL)
		r = run(host, argv, env, input, len);
	else
		host->error(host, "out of memory");
	free(argv);
	child_environment_free(env);
	return r;
}
