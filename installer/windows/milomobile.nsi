; The setup: for one user, without administrator. VERSION, TREE, FILES, ICON, SIDE, OUT, SIZE, COMPRESSION and SIGN come from setup.py.
Unicode true
Target amd64-unicode
SetCompressor ${COMPRESSION}
!if "${COMPRESSION}" == "/SOLID lzma"
  SetCompressorDictSize 64
!endif
SetDateSave off
ManifestDPIAware true
ManifestDPIAwareness "PerMonitorV2,System"
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!include MUI2.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include LogicLib.nsh

!define NAME "Milo Mobile"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\MiloMobile"
!define RUNS 3
!define NEWER 4
!define BUSY 5
!define UNWRITTEN 6
Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\MiloMobile"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1036 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1036 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileDescription" "Installation de ${NAME}"
VIAddVersionKey /LANG=1036 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=1036 "LegalCopyright" "Apache-2.0"
!uninstfinalize '${SIGN} "%1"' = 0
!finalize '${SIGN} "%1"' = 0

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "${NAME} ${VERSION} va être installé pour vous seulement ; il ne faut pas de droits d’administrateur.$\r$\n$\r$\nLes fiches déjà enregistrées sur ce poste restent là où elles sont.$\r$\n$\r$\nSi ${NAME} est ouvert, terminez ce que vous faites et fermez-le."
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\app\MiloMobile.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME} va être retiré de ce poste. Les fiches enregistrées restent là où elles sont : un autre ${NAME} installé ici les retrouvera."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

Var Waited
Var Switches

; Leaves 1 on the stack while the program runs, else 0: its launchers hold a mutex.
!macro RUNNING
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "MiloMobileRuns") p .r0'
  ${If} $0 P<> 0
    System::Call 'kernel32::CloseHandle(p r0)'
    Push 1
  ${Else}
    Push 0
  ${EndIf}
!macroend

; Waits until the program is closed: 3 seconds, then asks for it; silent, half a minute, then ends with 3.
!macro CLOSED un
Function ${un}Closed
  StrCpy $Waited 0
  ${Do}
    !insertmacro RUNNING
    Pop $1
    ${If} $1 == 0
      Return
    ${EndIf}
    ${If} ${Silent}
      ${If} $Waited >= 60
        RMDir /r "$INSTDIR\app.new"
        SetErrorLevel ${RUNS}
        Quit
      ${EndIf}
    ${ElseIf} $Waited >= 6
      MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "${NAME} est ouvert. Terminez ce que vous faites, fermez-le, puis choisissez « Réessayer ». Rien n’a été changé." IDRETRY again
      RMDir /r "$INSTDIR\app.new"
      SetErrorLevel ${RUNS}
      Quit
      again:
    ${EndIf}
    IntOp $Waited $Waited + 1
    Sleep 500
  ${Loop}
FunctionEnd
!macroend
!insertmacro CLOSED ""
!insertmacro CLOSED "un."

; Renames a folder, ten times if something (an antivirus) holds it; the error flag says it could not.
!macro MOVED un
Function ${un}Moved
  Pop $R1
  Pop $R0
  StrCpy $Waited 0
  ${Do}
    ClearErrors
    Rename $R0 $R1
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    IntOp $Waited $Waited + 1
    Sleep 500
  ${LoopUntil} $Waited >= 10
  SetErrors
FunctionEnd
!macroend
!insertmacro MOVED ""
!insertmacro MOVED "un."

Function .onInit
  SetShellVarContext current
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "MiloMobileSetup") p .r0 ?e'
  Pop $1
  ${If} $1 = 183
    MessageBox MB_OK|MB_ICONINFORMATION "Une installation de ${NAME} est déjà en cours." /SD IDOK
    SetErrorLevel ${BUSY}
    Quit
  ${EndIf}
  ReadRegStr $2 HKCU "${KEY}" "DisplayVersion"
  ${If} $2 != ""
    ${VersionCompare} "$2" "${VERSION}" $3
    ${If} $3 = 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} $2 est déjà installé, plus récent que cette version ${VERSION}. Rien n’a été changé. Une version plus ancienne ne saurait pas lire les fiches." /SD IDOK
      SetErrorLevel ${NEWER}
      Quit
    ${EndIf}
  ${EndIf}
  Call Closed
FunctionEnd

Section "${NAME}" program
  SectionIn RO
  SetOutPath "$INSTDIR"
  ${IfNot} ${FileExists} "$INSTDIR\app\*.*"
  ${AndIf} ${FileExists} "$INSTDIR\app.old\*.*"
    Rename "$INSTDIR\app.old" "$INSTDIR\app" ; an installation was cut between two names
  ${EndIf}
  RMDir /r "$INSTDIR\app.new"
  RMDir /r "$INSTDIR\app.old"
  AllowSkipFiles off
  ClearErrors
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    RMDir /r "$INSTDIR\app.new"
    DetailPrint "Les fichiers n’ont pas pu être écrits. La version installée, s’il y en avait une, n’a pas changé."
    SetErrorLevel ${UNWRITTEN}
    Abort
  ${EndIf}
  Call Closed
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    Push "$INSTDIR\app"
    Push "$INSTDIR\app.old"
    Call Moved
    ${If} ${Errors}
      RMDir /r "$INSTDIR\app.new"
      MessageBox MB_OK|MB_ICONEXCLAMATION "Un fichier de ${NAME} est encore ouvert. La version installée n’a pas changé. Redémarrez l’ordinateur, puis recommencez." /SD IDOK
      SetErrorLevel ${RUNS}
      Abort
    ${EndIf}
  ${EndIf}
  Push "$INSTDIR\app.new"
  Push "$INSTDIR\app"
  Call Moved
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    RMDir /r "$INSTDIR\app.new"
    SetErrorLevel ${UNWRITTEN}
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\app\MiloMobile.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\app\MiloMobile.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section /o "Raccourci sur le bureau" desktop
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\app\MiloMobile.exe"
SectionEnd

; /BUREAU asks for the desktop shortcut; /START starts the program after a silent installation.

Function .onInstSuccess
  ${If} ${Silent}
    ${GetParameters} $Switches
    ClearErrors
    ${GetOptions} $Switches "/BUREAU" $0
    ${IfNot} ${Errors}
      CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\app\MiloMobile.exe"
    ${EndIf}
    ClearErrors
    ${GetOptions} $Switches "/START" $0
    ${IfNot} ${Errors}
      Exec '"$INSTDIR\app\MiloMobile.exe"'
    ${EndIf}
  ${EndIf}
FunctionEnd

Function .onInstFailed
  GetErrorLevel $0
  ${If} $0 <> ${RUNS}
    SetErrorLevel ${UNWRITTEN}
  ${EndIf}
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\app.new"
FunctionEnd

Function un.onInit
  SetShellVarContext current
  Call un.Closed
FunctionEnd

Section "Uninstall"
  SetOutPath "$TEMP"
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    RMDir /r "$INSTDIR\app.old"
    Push "$INSTDIR\app"
    Push "$INSTDIR\app.old"
    Call un.Moved
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "Un fichier de ${NAME} est encore ouvert. Rien n’a été retiré. Redémarrez l’ordinateur, puis recommencez." /SD IDOK
      SetErrorLevel ${RUNS}
      Abort
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
