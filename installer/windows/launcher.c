/* Starts Python in this folder with the program's module; built twice: with a window (WINDOWED) and for the console.
   What the windowed one writes to its error output is kept, so that a failure before the window can be shown. */
#include <windows.h>
#include <shlobj.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>

#define RUNS L"MiloMobileRuns"
#define LONGEST 32768
#define KEPT 16384
#define A_BUG 70
typedef int (*Main)(int, wchar_t **);

static wchar_t folder[LONGEST];
static wchar_t text[LONGEST];

static int start(int argc, wchar_t **argv)
{
    static wchar_t self[LONGEST];
    static const wchar_t *ahead[] = {L"-X", L"utf8", L"-B", L"-m", L"milomobile"};
    const int count = sizeof ahead / sizeof *ahead;
    GetModuleFileNameW(NULL, self, LONGEST);
    lstrcpyW(folder, self);
    *wcsrchr(folder, L'\\') = 0;
    lstrcpyW(text, folder);
    lstrcatW(text, L"\\python313.dll");
    HMODULE python = LoadLibraryExW(text, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    Main run = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **all = calloc(argc + count + 1, sizeof *all);
    if (!run || !all)
        return A_BUG;
    all[0] = self;
    for (int i = 0; i < count; i++)
        all[1 + i] = (wchar_t *)ahead[i];
    for (int i = 1; i < argc; i++)
        all[count + i] = argv[i];
    return run(argc + count, all);
}

#ifdef WINDOWED
static char said[KEPT];
static DWORD length;
static int returned;

/* Keeps the end of what is written to the pipe. */
static DWORD WINAPI keep_end(LPVOID pipe)
{
    static char part[4096];
    DWORD got;
    while (ReadFile(pipe, part, sizeof part, &got, NULL) && got) {
        if (length + got > KEPT - 1) {
            DWORD left = length + got - (KEPT - 1);
            length = left < length ? length - left : 0;
            MoveMemory(said, said + left, length);
        }
        CopyMemory(said + length, part, got);
        length += got;
    }
    return 0;
}

static void append(const wchar_t *more)
{
    if (lstrlenW(text) + lstrlenW(more) < LONGEST)
        lstrcatW(text, more);
}

/* Leaves the failure in the user's logs; gives its path, or nothing where it could not be written. */
static void leave_log(wchar_t *path)
{
    wchar_t *data;
    DWORD done;
    *path = 0;
    if (SHGetKnownFolderPath(&FOLDERID_LocalAppData, 0, NULL, &data) != S_OK)
        return;
    lstrcpynW(path, data, LONGEST - 64);
    CoTaskMemFree(data);
    lstrcatW(path, L"\\MiloMobile");
    CreateDirectoryW(path, NULL);
    lstrcatW(path, L"\\logs");
    CreateDirectoryW(path, NULL);
    lstrcatW(path, L"\\demarrage.log");
    HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        *path = 0;
        return;
    }
    WriteFile(file, said, length, &done, NULL);
    CloseHandle(file);
}

/* 2 and 70 end with a sentence for the reader; anything else with a traceback that only the log shows. */
static void tell_reader(int code)
{
    static wchar_t path[LONGEST], heard[KEPT];
    if (code == 2 && !length)
        return; /* told in a box of its own */
    leave_log(path);
    *text = 0;
    append(L"Milo Mobile n\u2019a pas pu d\u00e9marrer, ou s\u2019est arr\u00eat\u00e9. Ce qui \u00e9tait enregistr\u00e9 est gard\u00e9.");
    if ((code == 2 || code == A_BUG) && length && length < 2000) {
        heard[MultiByteToWideChar(CP_UTF8, 0, said, (int)length, heard, KEPT - 1)] = 0;
        append(L"\n\n");
        append(heard);
    }
    append(L"\n\nD\u00e9marrez-le de nouveau. Si cela recommence, montrez ce message \u00e0 la personne qui s\u2019occupe de l\u2019informatique");
    append(*path ? L" et donnez-lui ce fichier\u00a0:\n" : L".");
    append(path);
    MessageBoxW(NULL, text, L"Milo Mobile", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
}

/* Python ends the process itself where it cannot even begin. */
static void __cdecl ended(void)
{
    if (!returned)
        tell_reader(A_BUG + 1);
}

/* Python's C library may have looked at the error output before: it is told of the pipe, and gives the number it knows it by. */
static int redirect(HANDLE pipe, int (**shut)(int))
{
    HMODULE library = LoadLibraryW(L"ucrtbase.dll");
    int (*number)(intptr_t, int) = (void *)GetProcAddress(library, "_open_osfhandle");
    int (*same)(int, int) = (void *)GetProcAddress(library, "_dup2");
    *shut = (void *)GetProcAddress(library, "_close");
    int (*at_exit)(void (*)(void)) = (void *)GetProcAddress(library, "_crt_atexit");
    int made = number((intptr_t)pipe, _O_BINARY);
    at_exit(ended);
    same(made, 2);
    return made;
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, LPWSTR line, int shown)
{
    HANDLE out, in, ear = NULL;
    int (*shut)(int), pipe;
    CreateMutexW(NULL, FALSE, RUNS);
    if (CreatePipe(&out, &in, NULL, 0)) {
        pipe = redirect(in, &shut);
        ear = CreateThread(NULL, 0, keep_end, out, 0, NULL);
    }
    int code = start(__argc, __wargv);
    returned = 1;
    if (ear) {
        shut(2);
        shut(pipe);
        WaitForSingleObject(ear, 2000);
    }
    if (code)
        tell_reader(code);
    return code;
}
#else
int wmain(int argc, wchar_t **argv)
{
    CreateMutexW(NULL, FALSE, RUNS);
    return start(argc, argv);
}
#endif
