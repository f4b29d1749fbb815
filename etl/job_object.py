"""Limits of the reading child on Windows, by a job object: memory, processor time, no further processes.

Written from Microsoft's documentation of the job object functions and not yet tried on a Windows machine; the
byte-level checks of etl.readers.gate and the wall limit hold there in any case.
"""

from __future__ import annotations

import ctypes
import subprocess

from etl.readers.child import ADDRESS_SPACE, PROCESSOR_SECONDS

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (("PerProcessUserTimeLimit", ctypes.c_int64), ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", ctypes.c_uint32), ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t), ("ActiveProcessLimit", ctypes.c_uint32),
                ("Affinity", ctypes.c_size_t), ("PriorityClass", ctypes.c_uint32),
                ("SchedulingClass", ctypes.c_uint32))


class _Limits(ctypes.Structure):
    _fields_ = (("Basic", _BasicLimits), ("IoCounters", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t), ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t), ("PeakJobMemoryUsed", ctypes.c_size_t))


class Job:
    """An open job object; closing it ends the process inside."""

    def __init__(self, handle: int, kernel: ctypes.CDLL):
        self._handle, self._kernel = handle, kernel

    def close(self) -> None:
        """Close the job, which ends its process; a second call does nothing."""
        if self._handle:
            self._kernel.CloseHandle(self._handle)
            self._handle = 0


def confine(process: subprocess.Popen, files: int) -> Job:
    """Put a process that has not begun its work into a job with limits; OSError where Windows refuses."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    handle = kernel.CreateJobObjectW(None, None)
    if not handle:
        raise ctypes.WinError(ctypes.get_last_error())
    job = Job(handle, kernel)
    limits = _Limits()
    limits.Basic.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE
    limits.Basic.PerProcessUserTimeLimit = PROCESSOR_SECONDS * (files + 1) * 10_000_000  # in units of 100 ns
    limits.Basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = ADDRESS_SPACE
    if not (kernel.SetInformationJobObject(handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            and kernel.AssignProcessToJobObject(handle, int(process._handle))):
        error = ctypes.WinError(ctypes.get_last_error())
        job.close()
        raise error
    return job
