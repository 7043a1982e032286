<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- What qtbase_fr of Qt 6.12 leaves in English or says wrongly. After a change: lrelease resources/qt/missing_fr.ts -->
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>C&amp;hercher dans :</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Type de fichiers :</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Affiche la vue sous forme détaillée</translation>
    </message>
</context>
</TS>
