java -jar convert.jar vocabulary.txt
