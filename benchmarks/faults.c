/*
 * Count what changes a disk, in a process and all that it starts, and fail or kill at the Nth.
 *
 * Preloaded into carve, and so into each git. The file that FAULTS names is shared by all of
 * them: six 64-bit numbers, see `struct shared`. Only regular files count; a pipe never fills up.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { KILL_ALL = 1, KILL_ONE = 2, NO_ROOM = 3, NO_ROOM_ONCE = 4, CTRL_C = 5, HANG_UP = 6 };

struct shared {
    _Atomic int64_t armed; /* 0: nothing is counted */
    _Atomic int64_t count; /* what has been done so far */
    int64_t at;            /* the one that fails; 0: none */
    int64_t how;
};

static struct shared *shared;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULTS");
    int handle = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (handle < 0)
        return;
    void *found = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    close(handle);
    if (found != MAP_FAILED)
        shared = found;
}

static void end(void)
{
    kill(shared->how == KILL_ONE ? getpid() : 0, SIGKILL);
    for (;;)
        pause();
}

/* Return 1 when the change has to fail for want of room; `grows` is 0 for what needs none. */
static int full(int grows)
{
    if (!shared || !shared->armed)
        return 0;
    int64_t number = ++shared->count;
    if (!shared->at || number < shared->at)
        return 0;
    if (shared->how == NO_ROOM || shared->how == NO_ROOM_ONCE) {
        if (!grows || (shared->how == NO_ROOM_ONCE && number > shared->at))
            return 0;
        errno = ENOSPC;
        return 1;
    }
    if (number != shared->at)
        return 0;
    if (shared->how == CTRL_C || shared->how == HANG_UP)
        kill(0, shared->how == CTRL_C ? SIGINT : SIGHUP); /* as a terminal tells all of them */
    else
        end();
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* A kill within a write leaves half of it. */
static int full_for(int handle, const void *data, size_t size)
{
    struct stat found;
    if (!shared || !shared->armed || fstat(handle, &found) || !S_ISREG(found.st_mode))
        return 0;
    int kills = shared->how == KILL_ALL || shared->how == KILL_ONE;
    if (kills && shared->at && shared->count + 1 == shared->at && data && size > 1)
        REAL(write)(handle, data, size / 2);
    return full(1);
}

ssize_t write(int handle, const void *data, size_t size)
{
    return full_for(handle, data, size) ? -1 : REAL(write)(handle, data, size);
}

ssize_t writev(int handle, const struct iovec *parts, int count)
{
    return full_for(handle, NULL, 0) ? -1 : REAL(writev)(handle, parts, count);
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at)
{
    return full_for(handle, NULL, 0) ? -1 : REAL(pwrite)(handle, data, size, at);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at)
{
    return full_for(handle, NULL, 0) ? -1 : REAL(pwrite64)(handle, data, size, at);
}

#define OPENS(flags) ((flags) & (O_CREAT | O_TRUNC))
#define MODE(last, flags)                                                                         \
    mode_t mode = 0;                                                                              \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                        \
        va_list more;                                                                             \
        va_start(more, last);                                                                     \
        mode = va_arg(more, mode_t);                                                              \
        va_end(more);                                                                             \
    }

#define OPEN(name)                                                                                \
    int name(const char *path, int flags, ...)                                                    \
    {                                                                                             \
        MODE(flags, flags)                                                                        \
        return OPENS(flags) && full(1) ? -1 : REAL(name)(path, flags, mode);                      \
    }

#define OPENAT(name)                                                                              \
    int name(int folder, const char *path, int flags, ...)                                        \
    {                                                                                             \
        MODE(flags, flags)                                                                        \
        return OPENS(flags) && full(1) ? -1 : REAL(name)(folder, path, flags, mode);              \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define CHANGE(name, grows, parameters, arguments)                                                \
    int name parameters { return full(grows) ? -1 : REAL(name) arguments; }

CHANGE(mkdir, 1, (const char *path, mode_t mode), (path, mode))
CHANGE(mkdirat, 1, (int folder, const char *path, mode_t mode), (folder, path, mode))
CHANGE(link, 1, (const char *old, const char *new), (old, new))
CHANGE(linkat, 1, (int a, const char *old, int b, const char *new, int how),
       (a, old, b, new, how))
CHANGE(symlink, 1, (const char *to, const char *path), (to, path))
CHANGE(rename, 0, (const char *old, const char *new), (old, new))
CHANGE(renameat, 0, (int a, const char *old, int b, const char *new), (a, old, b, new))
CHANGE(unlink, 0, (const char *path), (path))
CHANGE(unlinkat, 0, (int folder, const char *path, int how), (folder, path, how))
CHANGE(rmdir, 0, (const char *path), (path))
CHANGE(chmod, 0, (const char *path, mode_t mode), (path, mode))
CHANGE(fchmod, 0, (int handle, mode_t mode), (handle, mode))
CHANGE(fchmodat, 0, (int folder, const char *path, mode_t mode, int how),
       (folder, path, mode, how))
CHANGE(ftruncate, 0, (int handle, off_t size), (handle, size))
CHANGE(ftruncate64, 0, (int handle, off64_t size), (handle, size))
CHANGE(execve, 0, (const char *path, char *const words[], char *const variables[]),
       (path, words, variables))
