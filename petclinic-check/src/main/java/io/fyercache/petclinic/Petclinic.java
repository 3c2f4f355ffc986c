package io.fyercache.petclinic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. */
@SpringBootApplication
public class Petclinic {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(Petclinic.class, arguments);
    }
}
